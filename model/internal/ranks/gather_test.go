package ranks

import (
	"slices"
	"testing"

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

func TestJoin(t *testing.T) {
	a, b := []float32{1, 2}, []float32{3}
	j := Join([]*[]float32{&a, &b})
	if !slices.Equal(j.data, []float32{1, 2, 3}) || !slices.Equal(a, []float32{1, 2}) || !slices.Equal(b, []float32{3}) {
		t.Fatalf("joined %v of %v and %v", j.data, a, b)
	}
	b[0] = 7
	if j.data[2] != 7 || cap(a) != 2 {
		t.Errorf("joined %v: the parts are not in it", j.data)
	}
	_ = append(a, 9)
	if j.data[2] != 7 {
		t.Error("an append to a part changes the next")
	}
}
