package model_test

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/grouptest"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// groupSizes are the numbers of ranks under test. The last minibatch has fewer
// examples than the largest group has ranks.
var groupSizes = []int{1, 2, 3, 4, 7}

// engines are one for each rank, of all instruction sets by turns.
func engines(t *testing.T, ranks int) []*kernels.Engine {
	var all []*kernels.Engine
	sets := kernels.Available()
	for r := range ranks {
		all = append(all, modeltest.Engine(t, sets[r%len(sets)], 1+r%2))
	}
	return all
}

// groupSettings train on minibatches of 16, 16, 16 and 3 of 51 examples.
func groupSettings(rule kernels.Rule) model.Training {
	s := smallTraining()
	s.Optimizer.Rule = rule
	if rule == kernels.Adam {
		s.Optimizer = kernels.Optimizer{Rule: rule, Rate: 1e-3, Momentum: 0.9, Decay: 0.99, Epsilon: 1e-8}
	}
	return s
}

var groupData = modeltest.Bars{N: 51, Width: 30}

// apart is a group whose processes have no memory in common.
type apart struct{ model.Group }

// TestSameBitsInGroups trains, estimates the prior and samples in groups of
// processes with different instruction sets and threads, some with memory in
// common.
func TestSameBitsInGroups(t *testing.T) {
	for _, rule := range []kernels.Rule{kernels.RMSProp, kernels.SGD, kernels.Adam} {
		var want []float32
		for _, size := range groupSizes {
			got, all := make([][]float32, size), engines(t, size)
			grouptest.Together(t, size, func(m grouptest.Member) (err error) {
				var g model.Group = m
				if size == 2 || size == 7 {
					g = apart{m}
				}
				got[g.Rank()], err = trainInGroup(t, all[g.Rank()], g, groupSettings(rule))
				return err
			})
			if want == nil {
				want = got[0]
			}
			for r := range got {
				if i := modeltest.FirstDifference(got[r], want); i >= 0 {
					t.Errorf("%v: number %d of %d of rank %d of %d differs from one process alone", rule, i, len(want), r, size)
				}
			}
		}
	}
}

// trainInGroup is all that a network gives in training and after.
func trainInGroup(t *testing.T, e *kernels.Engine, g model.Group, s model.Training) ([]float32, error) {
	n, err := model.New(model.DefaultConfig(30, 21, 13), 3, e)
	if err != nil {
		return nil, err
	}
	n.Group = g
	half := s
	half.Epochs = s.Epochs / 2
	trainer, err := model.NewTrainer(n, groupData, half, e)
	if err != nil {
		return nil, err
	}
	var losses []float32
	for !trainer.Done() || trainer.Settings.Epochs < s.Epochs {
		if trainer.Done() { // and yet goes on
			trainer.Settings.Epochs = s.Epochs
		}
		if _, err := trainer.Step(); err != nil {
			return nil, err
		}
		for _, l := range trainer.Losses() {
			losses = append(losses, float32(l))
		}
	}
	if err := n.EstimatePrior(t.Context(), e, groupData, s.Inference, nil); err != nil {
		return nil, err
	}
	features, err := n.Features(t.Context(), e, groupData, 1, s.Inference, nil)
	if err != nil {
		return nil, err
	}
	samples, err := n.Generate(t.Context(), e, 20, model.DefaultSampling(), nil)
	return slices.Concat(losses, modeltest.Parameters(n), n.Prior.Mean, n.Prior.Std, features.Data, samples.Data), err
}

// TestCheckpointsInGroups hands a run over from group to group, each of another
// size, with a checkpoint in the middle of an epoch.
func TestCheckpointsInGroups(t *testing.T) {
	for _, rule := range []kernels.Rule{kernels.RMSProp, kernels.SGD, kernels.Adam} {
		settings := groupSettings(rule)
		alone := handOver(t, settings, 1, 1, 1, 1, 1, 1, 1, 1)
		for _, sizes := range [][]int{{2, 3, 1, 4, 7, 1, 2, 2}, {7, 1, 1, 3, 2, 4, 4, 3}} {
			if got := handOver(t, settings, sizes...); got != alone {
				t.Errorf("%v: the last checkpoint of groups of %v is another than that of one process", rule, sizes)
			}
		}
	}
}

// handOver trains a step in a group of each size, and returns the last
// checkpoint.
func handOver(t *testing.T, settings model.Training, sizes ...int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "checkpoint")
	for i, size := range sizes {
		all := engines(t, size)
		grouptest.Together(t, size, func(m grouptest.Member) error {
			var g model.Group = m
			if i%2 == 1 {
				g = apart{m}
			}
			trainer, err := begin(i == 0, path, settings, g, all[g.Rank()])
			if err != nil {
				return err
			}
			if err := g.Gather(nil, make([]int, size+1)); err != nil { // until all have read
				return err
			}
			if _, err := trainer.Step(); err != nil {
				return err
			}
			return trainer.Save(path, nil)
		})
	}
	return readFile(t, path)
}

// readFile is what is in the file.
func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// begin begins a run, or takes it up from its checkpoint.
func begin(first bool, path string, settings model.Training, g model.Group, e *kernels.Engine) (*model.Trainer, error) {
	if first {
		n, err := model.New(model.DefaultConfig(30, 21, 13), 3, e)
		if err != nil {
			return nil, err
		}
		n.Group = g
		return model.NewTrainer(n, groupData, settings, e)
	}
	c, err := model.LoadCheckpoint(path)
	if err != nil {
		return nil, err
	}
	c.Network.Group = g
	return c.Resume(groupData, e)
}

// TestGroupErrors: what a gather fails with, a step does too.
func TestGroupErrors(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	for fail := range 4 {
		n := modeltest.Network(t, e, 30, 21, 13)
		n.Group = &broken{fail: fail}
		trainer, err := model.NewTrainer(n, groupData, smallTraining(), e)
		if err != nil {
			t.Fatal(err)
		}
		_, err = trainer.Step()
		if fail == 3 { // both gathers of a step went well, and that of whether it begins
			err = trainer.Save(filepath.Join(t.TempDir(), "checkpoint"), nil)
		}
		if !errors.Is(err, errBroken) {
			t.Errorf("gather %d fails: error %v", fail, err)
		}
	}
}

var errBroken = errors.New("broken")

// broken is a group of two whose gathers fail from one on.
type broken struct{ done, fail int }

func (*broken) Rank() int { return 1 }
func (*broken) Size() int { return 2 }
func (b *broken) Gather([]byte, []int) error {
	if b.done++; b.done > b.fail {
		return errBroken
	}
	return nil
}

// remote is data whose examples have to be fetched first.
type remote struct {
	modeltest.Bars
	here map[int]bool
}

func (r *remote) Fetch(examples []int) error {
	clear(r.here)
	for _, i := range examples {
		r.here[i] = true
	}
	return nil
}

func (r *remote) Read(i int, dst []float32) {
	if !r.here[i] {
		panic(fmt.Sprintf("example %d was not fetched", i))
	}
	r.Bars.Read(i, dst)
}

// TestFetcher: nothing is read that was not fetched.
func TestFetcher(t *testing.T) {
	data := &remote{groupData, map[int]bool{}}
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := modeltest.Network(t, e, 30, 21, 13)
	trainer, err := model.NewTrainer(n, data, smallTraining(), e)
	if err != nil {
		t.Fatal(err)
	}
	modeltest.Train(t, trainer)
	if err := n.EstimatePrior(t.Context(), e, data, trainer.Settings.Inference, nil); err != nil {
		t.Fatal(err)
	}
	if len(data.here) != data.N || strings.Contains(fmt.Sprint(n.Prior.Mean), "NaN") {
		t.Errorf("%d examples fetched, want all %d", len(data.here), data.N)
	}
}

// TestOneExampleInGroups: an example that is no number is an error in all processes, and none waits for the one that has it.
func TestOneExampleInGroups(t *testing.T) {
	images := modeltest.Images(groupData, 0, groupData.N)
	images.Row(40)[2] = float32(math.NaN())
	data := model.Rows{Matrix: images}
	for _, size := range groupSizes {
		all := engines(t, size)
		grouptest.Together(t, size, func(g grouptest.Member) error {
			e, n := all[g.Rank()], modeltest.Network(t, all[g.Rank()], 30, 8, 4)
			n.Group = g
			_, features := n.Features(t.Context(), e, data, 1, model.TrainInference(), nil)
			_, reconstruction := n.ReconstructionError(t.Context(), e, data, 51, model.TrainInference())
			for i, err := range []error{features, reconstruction, n.EstimatePrior(t.Context(), e, data, model.TrainInference(), nil)} {
				if err == nil || !strings.Contains(err.Error(), "example 40 of the data: value 2 is NaN") {
					t.Errorf("%d of rank %d of %d: error %v", i, g.Rank(), size, err)
				}
			}
			// Nor are weights, of which some processes have no rows.
			w := n.Encoders[0].Weights
			w.Data[w.Index(0, 0)] = float32(math.NaN())
			if _, err := n.Features(t.Context(), e, modeltest.Bars{N: 2, Width: 30}, 1, model.TrainInference(), nil); !errors.Is(err, model.ErrDiverged) {
				t.Errorf("weights, rank %d of %d: error %v", g.Rank(), size, err)
			}
			return nil
		})
	}
}
