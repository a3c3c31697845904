package ranks

import (
	"slices"
	"testing"

	"github.com/targetprop/targetprop/internal/grouptest"
	"github.com/targetprop/targetprop/kernels"
)

// spy is a group of three that notes what it is given.
type spy struct {
	bytes  int
	bounds []int
}

func (*spy) Rank() int { return 1 }
func (*spy) Size() int { return 3 }
func (s *spy) Gather(data []byte, bounds []int) error {
	s.bytes, s.bounds = len(data), bounds
	data[bounds[1]] = 1
	return nil
}

func TestGatherCountsBytes(t *testing.T) {
	var s spy
	numbers := make([]float64, 5)
	if err := Gather(&s, numbers, []int{0, 2, 4, 5}); err != nil || s.bytes != 40 || !slices.Equal(s.bounds, []int{0, 16, 32, 40}) {
		t.Errorf("%d bytes, bounds %v, error %v", s.bytes, s.bounds, err)
	}
	if numbers[2] == 0 || numbers[1] != 0 {
		t.Errorf("the group had other memory: %v", numbers)
	}
	m := kernels.NewMatrix(9, 17) // of stride 32
	if err := GatherRows(&s, m, 4, []int{0, 1, 2, 3}); err != nil || s.bytes != 3*32*4 || !slices.Equal(s.bounds, []int{0, 128, 256, 384}) {
		t.Errorf("%d bytes, bounds %v, error %v", s.bytes, s.bounds, err)
	}
	if m.Row(5)[0] == 0 || m.Row(4)[0] != 0 {
		t.Error("the group had other rows")
	}
	s = spy{}
	if err := Gather(&s, numbers[:0], []int{0, 0, 0, 0}); err != nil || s.bounds != nil {
		t.Errorf("nothing was sent: bounds %v, error %v", s.bounds, err)
	}
}

// TestJoin joins in memory of its own and in memory in common, in which each
// process has what others changed, and parts again.
func TestJoin(t *testing.T) {
	bounds := []int{0, 1, 3}
	for _, apart := range []bool{false, true} {
		grouptest.Together(t, 2, func(m grouptest.Member) error {
			var g Group = m
			if apart {
				g = Apart{m}
			}
			a, b := []float32{1, 2}, []float32{3}
			j, err := Join(g, bounds, []*[]float32{&a, &b})
			if err != nil {
				return err
			}
			if !slices.Equal(j.memory.Data, []float32{1, 2, 3}) || j.memory.Shared() == apart || !slices.Equal(a, []float32{1, 2}) || !slices.Equal(b, []float32{3}) || cap(a) != 2 {
				t.Errorf("joined %v of %v and %v, capacity %d", j.memory.Data, a, b, cap(a))
			}
			if err := m.Gather(nil, []int{0, 0, 0}); err != nil { // until both have looked
				return err
			}
			if m.Rank() == 0 {
				a[0] = 5
			} else {
				a[1], b[0] = 6, 7
			}
			if err := j.Gather(g, bounds); err != nil {
				return err
			}
			if err := j.Part(g); err != nil {
				return err
			}
			if m.Rank() == 0 {
				a = append(a, 9)
			}
			if !slices.Equal(a[:2], []float32{5, 6}) || !slices.Equal(b, []float32{7}) {
				t.Errorf("rank %d, apart %v: %v and %v after the gather", m.Rank(), apart, a, b)
			}
			return nil
		})
	}
}
