package model_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/grouptest"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// faulty are examples on a disk that one process can not read at times.
type faulty struct {
	modeltest.Bars
	fetch func() error // nil for as long as all is well, and so is
	read  func()
	more  func() int // examples than there were
	wrong func() error
}

func (f *faulty) Len() int {
	if f.more == nil {
		return f.Bars.Len()
	}
	return f.Bars.Len() + f.more()
}

func (f *faulty) Check() error {
	if f.wrong == nil {
		return nil
	}
	return f.wrong()
}

func (f *faulty) Fetch([]int) error {
	if f.fetch == nil {
		return nil
	}
	return f.fetch()
}

func (f *faulty) Read(i int, dst []float32) {
	if f.read != nil {
		f.read()
	}
	f.Bars.Read(i, dst)
}

// fault is something that goes wrong in one process.
type fault struct {
	name   string
	begin  func(*model.Trainer, *faulty)
	end    func(*model.Trainer, *faulty)
	text   string // of its error
	panics bool
}

var errNode = errors.New("input/output error of a node")

func healed(_ *model.Trainer, data *faulty) {
	data.fetch, data.read, data.more, data.wrong = nil, nil, nil, nil
}

var faults = []fault{
	{"fetch", func(_ *model.Trainer, d *faulty) { d.fetch = func() error { return errNode } }, healed, errNode.Error(), false},
	{"fetch panics", func(_ *model.Trainer, d *faulty) { d.fetch = func() error { panic(errNode) } }, healed, "it panicked: " + errNode.Error(), true},
	{"read panics", func(_ *model.Trainer, d *faulty) { d.read = func() { panic(errNode) } }, healed, "it panicked: " + errNode.Error(), true},
	{"settings", func(t *model.Trainer, _ *faulty) { t.Settings.Batch++ }, func(t *model.Trainer, _ *faulty) { t.Settings.Batch-- }, "", false},
	{"length", func(_ *model.Trainer, d *faulty) { d.more = func() int { return 1 } }, healed, "model: a data set's Len changed from 51 to 52", false},
	{"length panics", func(_ *model.Trainer, d *faulty) { d.more = func() int { panic(errNode) } }, healed, "it panicked: " + errNode.Error(), true},
}

// faultsBefore are found before a use of examples begins.
var faultsBefore = []fault{
	{"check", func(_ *model.Trainer, d *faulty) { d.wrong = func() error { return errNode } }, healed, errNode.Error(), false},
	{"check panics", func(_ *model.Trainer, d *faulty) { d.wrong = func() error { panic(errNode) } }, healed, "it panicked: " + errNode.Error(), true},
	{"length changes", func(_ *model.Trainer, d *faulty) {
		asked := 0
		d.more = func() int { asked++; return min(asked-1, 1) }
	}, healed, "model: a data set's Len changed from 51 to 52", false},
	{"length panics", func(_ *model.Trainer, d *faulty) { d.more = func() int { panic(errNode) } }, healed, "it panicked: " + errNode.Error(), true},
}

// outcome is what f panics with, or returns.
func outcome(f func() error) (value any, err error) {
	defer func() { value = recover() }()
	return nil, f()
}

// check fails the test unless a process has the error of a fault in that of rank bad, and that one goes on as alone.
func (f fault) check(t *testing.T, rank, bad int, value any, err error) {
	t.Helper()
	switch {
	case rank != bad && (value != nil || err == nil || !strings.Contains(err.Error(), fmt.Sprintf("process %d of the group: %s", bad, f.text))):
		t.Errorf("%s of rank %d, rank %d: error %v, panic %v", f.name, bad, rank, err, value)
	case rank == bad && (f.panics != (value == errNode) || f.panics == (err != nil) || err != nil && strings.Contains(err.Error(), "of the group")):
		t.Errorf("%s of rank %d: its own error is %v, panic %v", f.name, bad, value, err)
	}
}

// TestOneProcessFails: a step that fails in one process fails in all of them, at any step, also where the process has no row of the
// minibatch. It leaves no trace: the steps that follow are those of one process alone.
func TestOneProcessFails(t *testing.T) {
	settings := groupSettings(kernels.RMSProp)
	alone := handOver(t, settings, 1, 1, 1, 1, 1, 1)
	for _, size := range []int{2, 3, 7} {
		for bad := range size {
			for i, f := range faults {
				path, all := filepath.Join(t.TempDir(), "checkpoint"), engines(t, size)
				grouptest.Together(t, size, func(m grouptest.Member) error {
					var g model.Group = m
					if (i+bad)%2 == 1 {
						g = apart{m}
					}
					return failAndGoOn(t, all[g.Rank()], g, settings, bad, f, path)
				})
				if got := readFile(t, path); got != alone {
					t.Errorf("%s of rank %d of %d: the checkpoint is another than that of one process", f.name, bad, size)
				}
			}
		}
	}
}

// failAndGoOn takes six steps, of which the first, the second, and the fourth and the fifth, on the small minibatch and the first
// of an epoch, fail before.
func failAndGoOn(t *testing.T, e *kernels.Engine, g model.Group, settings model.Training, bad int, f fault, path string) error {
	n, err := model.New(model.DefaultConfig(30, 21, 13), 3, e)
	if err != nil {
		return err
	}
	n.Group = g
	data := &faulty{Bars: groupData}
	trainer, err := model.NewTrainer(n, data, settings, e)
	if err != nil {
		return err
	}
	step := func() error { _, err := trainer.Step(); return err }
	for i := range 6 {
		fails := i == 0 || i == 1 || i == 3 || i == 4
		if i == 3 && f.name == "read panics" {
			fails = bad == 0 // others may have no row to read
		}
		if fails {
			losses := trainer.Losses()
			if g.Rank() == bad {
				f.begin(trainer, data)
			}
			value, err := outcome(step)
			f.check(t, g.Rank(), bad, value, err)
			if g.Rank() == bad {
				f.end(trainer, data)
			}
			if !slices.Equal(losses, trainer.Losses()) {
				t.Errorf("%s of rank %d, rank %d: the losses were %v and are %v", f.name, bad, g.Rank(), losses, trainer.Losses())
			}
		}
		if err := step(); err != nil {
			return err
		}
	}
	return trainer.Save(path, nil)
}

// TestTrainOfOneThatFails: Train ends in all processes when it fails in one, or the context of one ends. The network is none of
// the group's any more.
func TestTrainOfOneThatFails(t *testing.T) {
	for _, f := range append(slices.Concat(faults[:3], faults[4:]), fault{name: "context", text: context.Canceled.Error()}) {
		const size, bad = 3, 1
		got, all := make([][]float32, size), engines(t, size)
		grouptest.Together(t, size, func(g grouptest.Member) error {
			n := modeltest.Network(t, all[g.Rank()], 30, 21, 13)
			n.Group = g
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			data := &faulty{Bars: groupData}
			value, err := outcome(func() error {
				return n.Train(ctx, all[g.Rank()], data, groupSettings(kernels.Adam), func(epoch int, _ []float64) bool {
					switch {
					case g.Rank() != bad || epoch != 2:
					case f.begin == nil:
						cancel()
					default:
						f.begin(nil, data)
					}
					return true
				})
			})
			f.check(t, g.Rank(), bad, value, err)
			if f.begin == nil && !errors.Is(err, context.Canceled) {
				t.Errorf("context, rank %d: error %v", g.Rank(), err)
			}
			got[g.Rank()] = modeltest.Parameters(n)
			return nil
		})
		for r := range size {
			if i := modeltest.FirstDifference(got[r], got[0]); i >= 0 || got[r][0] != got[r][0] {
				t.Errorf("%s: number %d of rank %d is %v, of rank 0 %v", f.name, i, r, got[r][max(i, 0)], got[0][max(i, 0)])
			}
		}
	}
}

// TestUseOfOneThatFails: whatever a network is used for fails in all processes when the examples can not be read in one.
func TestUseOfOneThatFails(t *testing.T) {
	infer := model.TrainInference()
	for _, f := range slices.Concat(faults[:3], faultsBefore) {
		for _, size := range []int{2, 3} {
			bad, all := size-1, engines(t, size)
			grouptest.Together(t, size, func(g grouptest.Member) error {
				e, n, data := all[g.Rank()], modeltest.Network(t, all[g.Rank()], 30, 8, 4), &faulty{Bars: groupData}
				n.Group = g
				for _, use := range []func() error{
					func() error { _, err := n.Features(t.Context(), e, data, 1, infer, nil); return err },
					func() error { _, err := n.ReconstructionError(t.Context(), e, data, 51, infer); return err },
					func() error { return n.EstimatePrior(t.Context(), e, data, infer, nil) },
					func() error { return n.Train(t.Context(), e, data, groupSettings(kernels.Adam), nil) },
				} {
					if g.Rank() == bad {
						f.begin(nil, data)
					}
					value, err := outcome(use)
					f.check(t, g.Rank(), bad, value, err)
				}
				return nil
			})
		}
	}
}

// TestSaveOfOneThatFails: that rank 0 can not write is an error in all processes, and so are settings that one has alone.
func TestSaveOfOneThatFails(t *testing.T) {
	all := engines(t, 3)
	path := filepath.Join(t.TempDir(), "missing", "checkpoint")
	grouptest.Together(t, 3, func(g grouptest.Member) error {
		n := modeltest.Network(t, all[g.Rank()], 30, 8, 4)
		n.Group = g
		trainer, err := model.NewTrainer(n, groupData, groupSettings(kernels.Adam), all[g.Rank()])
		if err != nil {
			return err
		}
		for range 2 { // before the first step and after it
			fault{name: "save"}.check(t, g.Rank(), 0, nil, trainer.Save(path, nil))
			if g.Rank() == 2 {
				trainer.Settings.Batch++
			}
			fault{name: "settings"}.check(t, g.Rank(), 2, nil, trainer.Save(path, nil))
			if g.Rank() == 2 {
				trainer.Settings.Batch--
			}
			if _, err := trainer.Step(); err != nil {
				return err
			}
		}
		return nil
	})
}

// TestNoRoomInGroups: what does not fit in the memory of one process is an error in all.
func TestNoRoomInGroups(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	of := func(g model.Group) *model.Network {
		n := modeltest.Network(t, e, 30, 8, 4)
		n.Group, n.Prior = g, model.Prior{Mean: make([]float32, 4), Std: make([]float32, 4)}
		return n
	}
	many, infer := modeltest.Bars{N: 1 << 21, Width: 30}, model.TrainInference()
	modeltest.LittleMemory(t, "Generate", func(g model.Group) error {
		_, err := of(g).Generate(t.Context(), e, many.N, model.DefaultSampling(), nil)
		return err
	})
	modeltest.LittleMemory(t, "Features", func(g model.Group) error {
		_, err := of(g).Features(t.Context(), e, many, 1, infer, nil)
		return err
	})
	modeltest.LittleMemory(t, "ReconstructionError", func(g model.Group) error {
		_, err := of(g).ReconstructionError(t.Context(), e, many, many.N, infer)
		return err
	})
}
