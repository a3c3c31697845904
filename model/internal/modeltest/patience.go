package modeltest

import (
	"errors"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/model"
)

// Patient is a trainer that stops when so many epochs were no better.
type Patient interface {
	Step() (int, error)
	Position() (epoch, step int)
	Done() bool
	EndEpoch(loss float64) error
	Stopped() bool
	Best() (epoch int, loss float64)
	TakeBest() error
	Save(path string, notes map[string]string) error
}

// script are the errors that a trainer is told at the ends of its epochs.
var script = []float64{5, 4, 3, 3.5, 3}

// TryPatience trains a trainer of some nine epochs and a patience of two, which stops
// after the fifth with the parameters of the third. It does so again with a stop after
// each step, resumed from a checkpoint. What cannot be judged is refused.
func TryPatience(t *testing.T, fresh func() (Patient, error), resume func(path string) (Patient, error), parameters func(Patient) []float32) {
	t.Helper()
	step := func(p Patient, err error) Patient {
		t.Helper()
		if err == nil {
			_, err = p.Step()
		}
		if err != nil {
			t.Fatal(err)
		}
		if epoch, step := p.Position(); step == 0 {
			if err := p.EndEpoch(script[epoch-1]); err != nil {
				t.Fatal(err)
			}
		}
		return p
	}
	whole, err := fresh()
	if err != nil {
		t.Fatal(err)
	}
	if epoch, _ := whole.Best(); epoch != 0 || whole.EndEpoch(1) == nil {
		t.Errorf("the best of no epochs is %d, and the end of none is judged", epoch)
	}
	steps := 0
	var third []float32
	for ; !whole.Done(); steps++ {
		step(whole, nil)
		if epoch, at := whole.Position(); epoch == 3 && at == 0 {
			third = slices.Clone(parameters(whole))
		}
	}
	epoch, _ := whole.Position()
	if best, loss := whole.Best(); epoch != 5 || !whole.Stopped() || best != 3 || loss != 3 {
		t.Errorf("stopped %v after %d epochs, the best %d with %v", whole.Stopped(), epoch, best, loss)
	}
	if err := whole.EndEpoch(math.NaN()); !errors.Is(err, model.ErrDiverged) {
		t.Errorf("an error that is not a number: %v", err)
	}
	if slices.Equal(parameters(whole), third) {
		t.Error("the parameters of two epochs are the same")
	}
	if err := whole.TakeBest(); err != nil || !slices.Equal(parameters(whole), third) {
		t.Errorf("not the parameters of the best epoch, %v", err)
	}
	path := filepath.Join(t.TempDir(), "checkpoint")
	again := step(fresh())
	for done := 1; done < steps; done++ {
		if err := again.Save(path, nil); err != nil {
			t.Fatal(err)
		}
		again = step(resume(path))
	}
	if err := again.Save(path, nil); err != nil {
		t.Fatal(err)
	}
	if again, err = resume(path); err != nil || !again.Stopped() {
		t.Fatalf("a run that was stopped at each step has not stopped by itself, %v", err)
	}
	if err := again.TakeBest(); err != nil || !slices.Equal(parameters(again), third) {
		t.Errorf("a run that was stopped at each step keeps other parameters, %v", err)
	}
}
