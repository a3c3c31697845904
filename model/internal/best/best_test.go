package best

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// oneMap is a map of 3 inputs and 2 outputs whose parameters are all x.
func oneMap(x float32) []Map {
	w := kernels.NewPacked(4, 2)
	for i := range 4 {
		for j := range 2 {
			w.Data[w.Index(i, j)] = x
		}
	}
	return []Map{{Name: "f", Weights: w}}
}

// judged is the best of epochs with these errors, whose parameters are their numbers.
func judged(t *testing.T, errors ...float64) *Epoch {
	t.Helper()
	var b *Epoch
	for i, loss := range errors {
		var err error
		if b, err = b.Judge(i+1, 0, loss, oneMap(float32(i+1))); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// TestJudge: the first of equals is the best, and training stops when so many after it
// were no better.
func TestJudge(t *testing.T) {
	for _, c := range []struct {
		errors []float64
		best   int
		after  int // epochs that were no better
	}{{nil, 0, 0}, {[]float64{3}, 1, 0}, {[]float64{3, 2}, 2, 0}, {[]float64{3, 3, 4}, 1, 2}, {[]float64{3, 4, 0, 0}, 3, 1}} {
		b := judged(t, c.errors...)
		if epoch, loss := b.Of(); epoch != c.best || epoch > 0 && loss != c.errors[epoch-1] {
			t.Errorf("%v: the best is %d with %v, want %d", c.errors, epoch, loss, c.best)
		}
		for patience := range 5 {
			if got, want := b.Stops(patience), patience > 0 && c.best > 0 && c.after >= patience; got != want {
				t.Errorf("%v, patience %d: stops %v, want %v", c.errors, patience, got, want)
			}
		}
		maps := oneMap(-1)
		if b.Take(maps); c.best > 0 && !slices.Equal(maps[0].Weights.Data, oneMap(float32(c.best))[0].Weights.Data) {
			t.Errorf("%v: parameters %v", c.errors, maps[0].Weights.Data)
		}
	}
}

// TestRefused: what is no end of an epoch, or no error.
func TestRefused(t *testing.T) {
	for _, at := range [][2]int{{0, 0}, {1, 2}} {
		if b, err := judged(t, 3).Judge(at[0], at[1], 1, oneMap(1)); err == nil || b.Epoch != 1 || b.Error != 3 {
			t.Errorf("after epoch %d and step %d: %+v, %v", at[0], at[1], b, err)
		}
	}
	for _, loss := range []float64{math.NaN(), math.Inf(1)} {
		if b, err := judged(t, 3).Judge(2, 0, loss, oneMap(2)); !errors.Is(err, health.ErrDiverged) || b.Last != 1 {
			t.Errorf("an error of %v: %+v, %v", loss, b, err)
		}
	}
	if ValidatePatience(-1) == nil || ValidatePatience(0) != nil || ValidatePatience(3) != nil {
		t.Error("a patience of 0 or more is one, and no other")
	}
}

// TestStored: the maps and the best epoch's parameters come back from a checkpoint, each time; damage is named.
func TestStored(t *testing.T) {
	var stored safetensors.File
	tensors.AddMap(&stored, "f", oneMap(4)[0].Weights)
	judged(t, 3, 2, 4).Store(&stored, oneMap(0))
	read, maps := &Epoch{Epoch: 2, Error: 2, Last: 3}, oneMap(0)
	for range 2 {
		if err := Reread(stored, maps); err != nil {
			t.Fatal(err)
		}
		back, err := read.Resume(stored, 3, maps)
		if err != nil {
			t.Fatal(err)
		}
		if want := oneMap(4)[0].Weights.Data; !slices.Equal(maps[0].Weights.Data, want) {
			t.Errorf("parameters %v, want %v", maps[0].Weights.Data, want)
		}
		if back.Take(maps); !slices.Equal(maps[0].Weights.Data, oneMap(2)[0].Weights.Data) {
			t.Errorf("the best parameters %v", maps[0].Weights.Data)
		}
		back.Last = 9
	}
	for _, damaged := range []*Epoch{{Epoch: 0, Last: 3}, {Epoch: 4, Last: 3}, {Epoch: 2, Last: 4}} {
		if _, err := damaged.Resume(stored, 3, maps); err == nil || !strings.Contains(err.Error(), "best epoch is damaged") {
			t.Errorf("%+v: error %v", damaged, err)
		}
	}
	tensors.AddMap(&stored, "g", maps[0].Weights)
	maps[0].Name = "g"
	if _, err := read.Resume(stored, 3, maps); err == nil || !strings.Contains(err.Error(), "best.g.weight") {
		t.Errorf("a map that is missing: error %v", err)
	}
	var none *Epoch
	before := len(stored.Tensors)
	none.Store(&stored, maps)
	if b, err := none.Resume(stored, 3, maps); b != nil || err != nil || len(stored.Tensors) != before {
		t.Errorf("%v, %v, %d tensors", b, err, len(stored.Tensors))
	}
}
