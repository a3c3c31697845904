package measure_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/internal/grouptest"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/measure"
)

// unread are examples of which one fetch fails, in the process that left is of: when it has come down to 0.
type unread struct {
	modeltest.Bars
	left *int
}

func (u unread) Fetch([]int) error {
	if *u.left--; *u.left == 0 {
		return modeltest.ErrCut
	}
	return nil
}

// TestOneProcessFails: whichever fetch fails in one process of a group, a measure fails in all.
func TestOneProcessFails(t *testing.T) {
	e, good := modeltest.Engine(t, kernels.AVX512, 1), modeltest.Bars{N: 700, Width: 13}
	samples := modeltest.Images(good, 0, 9)
	for name, measured := range map[string]func(data model.Data, in measure.Option) error{
		"KMeans": func(data model.Data, in measure.Option) error {
			_, err := measure.KMeans(t.Context(), e, data, 5, 2, 1, nil, in)
			return err
		},
		"Parzen, validation": func(data model.Data, in measure.Option) error {
			_, err := measure.EstimateParzen(t.Context(), e, samples, data, good, nil, in)
			return err
		},
		"Parzen, test": func(data model.Data, in measure.Option) error {
			_, err := measure.EstimateParzen(t.Context(), e, samples, good, data, nil, in)
			return err
		},
	} {
		for at, came := 1, true; came; at++ {
			var errs [3]error
			grouptest.Together(t, len(errs), func(g grouptest.Member) error {
				left := 0
				if g.Rank() == 1 {
					left = at
				}
				errs[g.Rank()] = measured(unread{good, &left}, measure.In(g))
				if g.Rank() == 1 {
					came = left <= 0
				}
				return nil
			})
			for r, err := range errs {
				switch {
				case !came && err == nil, r == 1 && came && errors.Is(err, modeltest.ErrCut):
				case r != 1 && came && err != nil && err.Error() == "process 1 of the group: "+modeltest.ErrCut.Error():
				default:
					t.Errorf("%s, fetch %d, rank %d: error %v", name, at, r, err)
				}
			}
			if at > 100 || !came && at < 2 {
				t.Fatalf("%s: %d fetches", name, at)
			}
		}
	}
}

// wrong are examples with which something is wrong in one process before a measure begins.
type wrong struct {
	modeltest.Bars
	check error
	more  func() int
}

func (w wrong) Check() error { return w.check }

func (w wrong) Len() int { return w.N + w.more() }

// TestOneProcessBegins: what is wrong in one process with the arguments of a measure, before it begins, is an error in all.
func TestOneProcessBegins(t *testing.T) {
	e, good := modeltest.Engine(t, kernels.AVX512, 1), modeltest.Bars{N: 300, Width: 13}
	samples, narrow := modeltest.Images(good, 0, 9), kernels.NewMatrix(9, 12)
	notFinite := modeltest.Images(good, 0, 9)
	notFinite.Data[0] = float32(math.Inf(1))
	none := func() int { return 0 }
	changes := func() func() int {
		asked := 0
		return func() int { asked++; return min(asked-1, 1) }
	}
	kmeans := func(data model.Data, k, rounds int) func(measure.Option) error {
		return func(in measure.Option) error {
			_, err := measure.KMeans(t.Context(), e, data, k, rounds, 1, nil, in)
			return err
		}
	}
	parzen := func(samples kernels.Matrix, valid, test model.Data) func(measure.Option) error {
		return func(in measure.Option) error {
			_, err := measure.EstimateParzen(t.Context(), e, samples, valid, test, nil, in)
			return err
		}
	}
	rightKMeans, rightParzen := kmeans(good, 5, 2), parzen(samples, good, good)
	for _, c := range []struct {
		want         string
		wrong, right func(measure.Option) error
	}{
		{modeltest.ErrCut.Error(), kmeans(wrong{good, modeltest.ErrCut, none}, 5, 2), rightKMeans},
		{modeltest.ErrCut.Error(), parzen(samples, wrong{good, modeltest.ErrCut, none}, good), rightParzen},
		{modeltest.ErrCut.Error(), parzen(samples, good, wrong{good, modeltest.ErrCut, none}), rightParzen},
		{"Len changed from 300 to 301", kmeans(wrong{good, nil, changes()}, 5, 2), rightKMeans},
		{"Len changed from 300 to 301", parzen(samples, wrong{good, nil, changes()}, good), rightParzen},
		{"Len changed from 300 to 301", parzen(samples, good, wrong{good, nil, changes()}), rightParzen},
		{"it panicked: no length", kmeans(wrong{good, nil, func() int { panic("no length") }}, 5, 2), rightKMeans},
		{"0 clusters", kmeans(good, 0, 2), rightKMeans},
		{"-1 rounds", kmeans(good, 5, -1), rightKMeans},
		{"no data", kmeans(nil, 5, 2), rightKMeans},
		{"samples of 12 numbers", parzen(narrow, good, good), rightParzen},
		{"diverged", parzen(notFinite, good, good), rightParzen},
	} {
		grouptest.Together(t, 2, func(g grouptest.Member) error {
			use := c.right
			if g.Rank() == 1 {
				use = c.wrong
			}
			var err error
			reason := caught.Panic(func() { err = use(measure.In(g)) })
			switch {
			case reason != "" && c.want == "it panicked: "+reason:
			case err == nil || !strings.Contains(err.Error(), c.want) || strings.HasPrefix(err.Error(), "process 1 of the group: ") != (g.Rank() == 0):
				t.Errorf("%s, rank %d: error %v, panic %v", c.want, g.Rank(), err, reason)
			case c.want == "diverged" && !errors.Is(err, model.ErrDiverged):
				t.Errorf("rank %d: error %v, want ErrDiverged", g.Rank(), err)
			}
			return nil
		})
	}
}

// scattered are examples of which each process holds some: to fetch any, all meet. In one process what left counts fails: after
// the meeting, or when an example is read, by an error or by a panic.
type scattered struct {
	modeltest.Bars
	group       model.Group
	fetch, read *int
}

func (s scattered) Fetch(examples []int) error {
	if err := s.group.Gather(make([]byte, len(examples)), append(make([]int, s.group.Size()), len(examples))); err != nil {
		return err
	}
	if *s.fetch--; *s.fetch == 0 {
		return modeltest.ErrCut
	}
	return nil
}

func (s scattered) Read(i int, dst []float32) {
	if *s.read--; *s.read == 0 {
		panic(modeltest.ErrCut)
	}
	s.Bars.Read(i, dst)
}

// TestScattered: so it is when all processes meet to fetch examples.
func TestScattered(t *testing.T) {
	engine := modeltest.Engine(t, kernels.AVX512, 1)
	const fetches, reads = 1 + 2*(2+3), 5 + 2*(350+700) // at first, and in each of two rounds, of process 1 of 2
	fails := func(fetch, read int) {
		grouptest.Together(t, 2, func(g grouptest.Member) error {
			left := []int{0, 0}
			if g.Rank() == 1 {
				left = []int{fetch, read}
			}
			data := scattered{Bars: modeltest.Bars{N: 700, Width: 13}, group: g, fetch: &left[0], read: &left[1]}
			var err error
			reason := caught.Panic(func() { _, err = measure.KMeans(t.Context(), engine, data, 5, 2, 1, nil, measure.In(g)) })
			if panics := read > 0 && g.Rank() == 1; (reason == modeltest.ErrCut.Error()) != panics || (err == nil) != panics || !panics && !strings.HasSuffix(err.Error(), modeltest.ErrCut.Error()) {
				t.Errorf("fetch %d, read %d, rank %d: error %v, panic %v", fetch, read, g.Rank(), err, reason)
			}
			return nil
		})
	}
	for fetch := 1; fetch <= fetches; fetch++ {
		fails(fetch, 0)
	}
	for read := 1; read <= reads; read += 101 {
		fails(0, read)
	}
}

// TestMeetings: a measure has a gather before it begins and two for each 256 examples of each process, and KMeans one for the first
// centres, two more a round and one at the end.
func TestMeetings(t *testing.T) {
	e, data := modeltest.Engine(t, kernels.AVX512, 1), modeltest.Bars{N: 2560, Width: 13}
	grouptest.Together(t, 2, func(m grouptest.Member) error {
		g := &grouptest.Counting{Group: m}
		if _, err := measure.KMeans(t.Context(), e, data, 5, 3, 1, nil, measure.In(g)); err != nil {
			return err
		}
		if want := 2 + 3*(2*5+2) + 1; g.Gathers != want {
			t.Errorf("KMeans, rank %d: %d gathers, want %d", m.Rank(), g.Gathers, want)
		}
		g.Gathers = 0
		if _, err := measure.EstimateParzen(t.Context(), e, modeltest.Images(data, 0, 9), data, data, nil, measure.In(g)); err != nil {
			return err
		}
		if want := 1 + 2*(2+2+5); g.Gathers != want {
			t.Errorf("EstimateParzen, rank %d: %d gathers, want %d", m.Rank(), g.Gathers, want)
		}
		return nil
	})
}

// TestNoRoomInGroups: what does not fit in the memory of one process is an error in all.
func TestNoRoomInGroups(t *testing.T) {
	e, many := modeltest.Engine(t, kernels.AVX512, 1), modeltest.Bars{N: 1 << 23, Width: 13}
	samples := modeltest.Images(many, 0, 9)
	modeltest.LittleMemory(t, "KMeans", func(g model.Group) error {
		_, err := measure.KMeans(t.Context(), e, many, 5, 2, 1, nil, measure.In(g))
		return err
	})
	modeltest.LittleMemory(t, "EstimateParzen", func(g model.Group) error {
		_, err := measure.EstimateParzen(t.Context(), e, samples, modeltest.Bars{N: 9, Width: 13}, many, nil, measure.In(g))
		return err
	})
}
