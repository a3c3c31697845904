package model_test

import (
	"math"
	"testing"

	"github.com/targetprop/targetprop/internal/grouptest"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// spoiled has one value that is not finite, or examples that are far larger.
type spoiled struct {
	modeltest.Bars
	example int
	value   float32
	scale   float32 // of every fourth example
}

func (s spoiled) Read(i int, dst []float32) {
	s.Bars.Read(i, dst)
	if i == s.example {
		dst[5] = s.value
	}
	if s.scale != 0 && i%4 == 0 {
		for j := range dst {
			dst[j] *= s.scale
		}
	}
}

// TestHealthInGroups: what all ranks say of training that goes wrong is what one process
// says, whichever rank has the example at fault, the large examples, or the dead layer's.
func TestHealthInGroups(t *testing.T) {
	nan := float32(math.NaN())
	for _, c := range []struct {
		name string
		data spoiled
		rate float32
		dead bool // its decoder and encoder have no weights
	}{
		{"a value that is not finite", spoiled{groupData, 17, nan, 0}, 1e-3, false},
		{"a rate that is too high", spoiled{groupData, -1, 0, 0}, 1e6, false},
		{"values large here and small there", spoiled{groupData, -1, 0, 12}, 1e-3, false},
		{"a dead layer", spoiled{groupData, -1, 0, 0}, 0, true},
	} {
		want := ""
		for _, size := range []int{1, 2, 3, 7, 20} { // 20: some ranks have no example
			said, all := make([]string, size), engines(t, size)
			grouptest.Together(t, size, func(g grouptest.Member) error {
				s := smallTraining()
				s.Optimizer.Rate, s.Epochs = max(c.rate, 1e-9), 3
				n, err := model.New(model.DefaultConfig(30, 21, 13), 3, all[g.Rank()])
				if err != nil {
					return err
				}
				if c.dead {
					for _, weights := range [][]float32{n.Encoders[1].Weights.Data, n.Decoders[0].Weights.Data, n.Decoders[1].Weights.Data} {
						clear(weights)
					}
				}
				n.Group = g
				trainer, err := model.NewTrainer(n, c.data, s, all[g.Rank()])
				if err != nil {
					return err
				}
				for err == nil && !trainer.Done() {
					if _, err = trainer.Step(); err == nil {
						err = trainer.Health()
					}
				}
				if err != nil {
					said[g.Rank()] = err.Error()
				} else {
					said[g.Rank()] = "well"
				}
				return nil
			})
			if size == 1 {
				want = said[0]
				t.Logf("%s: %s", c.name, want)
			}
			for r, text := range said {
				if text != want {
					t.Errorf("%s: rank %d of %d says %q, one process %q", c.name, r, size, text, want)
				}
			}
		}
		if well := want == "well"; well != (c.data.scale != 0) {
			t.Errorf("%s: %s", c.name, want)
		}
	}
}
