//go:build peers

package yardstick

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
)

// TestClassifier compares steps with those of package credit from the same parameters:
// losses and parameters.
func TestClassifier(t *testing.T) {
	sizes, batch := []int{37, 150, 53, 10}, 13
	settings := credit.DefaultTraining(credit.Backprop)
	settings.InputNoise = 0
	o := settings.Optimizer
	for _, division := range []Division{ByRows, ByColumns} {
		for _, threads := range []int{1, 2, 3} {
			t.Run(fmt.Sprintf("%v/threads=%d", division, threads), func(t *testing.T) {
				c, err := NewClassifier(sizes, batch, Adam{o.Rate, o.Momentum, o.Decay, o.Epsilon}, 1, threads, division)
				if err != nil {
					t.Fatal(err)
				}
				defer c.Close()
				e, err := kernels.New(kernels.WithThreads(1))
				if err != nil {
					t.Fatal(err)
				}
				n, err := feedforward.NewZero(feedforward.DefaultConfig(feedforward.Softmax, sizes...))
				if err != nil {
					t.Fatal(err)
				}
				rng := rand.New(rand.NewPCG(1, 1))
				for m, f := range n.Maps {
					w, b := c.Map(m)
					for j := range b {
						b[j] = 0.1 * float32(rng.NormFloat64())
					}
					f.Weights.Pack(0, kernels.Matrix{Rows: 1, Cols: len(b), Stride: len(b), Data: b})
					f.Weights.Pack(1, kernels.Matrix{Rows: sizes[m], Cols: len(b), Stride: len(b), Data: w})
				}
				learner, err := credit.NewLearner(n, settings, e)
				if err != nil {
					t.Fatal(err)
				}
				x, labels, numbers := kernels.NewMatrix(batch, sizes[0]), make([]uint8, batch), make([]int, batch)
				for step := range 4 {
					plain := make([]float32, 0, batch*sizes[0])
					for i := range batch {
						for j := range sizes[0] {
							x.Row(i)[j] = rng.Float32()
						}
						plain = append(plain, x.Row(i)...)
						labels[i], numbers[i] = uint8(rng.IntN(10)), i
					}
					want, err := learner.Step(feedforward.Labelled{Data: rows{x}, Labels: labels}, numbers)
					if err != nil {
						t.Fatal(err)
					}
					if got := c.Step(plain, labels); math.Abs(got-want[0]) > 1e-5*want[0] {
						t.Errorf("step %d: loss %v, want %v", step, got, want[0])
					}
				}
				for m, f := range n.Maps {
					w, b := c.Map(m)
					all := kernels.NewMatrix(sizes[m]+1, len(b))
					f.Weights.Unpack(0, all)
					compare(t, fmt.Sprint("biases of map ", m), b, widen(all.Row(0)), 1e-4)
					for i := range sizes[m] {
						compare(t, fmt.Sprintf("weights of map %d from unit %d", m, i), w[i*len(b):][:len(b)], widen(all.Row(1+i)), 1e-4)
					}
				}
			})
		}
	}
}

// rows are the examples of a matrix.
type rows struct{ kernels.Matrix }

func (r rows) Len() int                  { return r.Rows }
func (r rows) Dim() int                  { return r.Cols }
func (r rows) Read(i int, dst []float32) { copy(dst, r.Row(i)) }

// BenchmarkClassifier compares the two divisions, by the fastest step of each.
func BenchmarkClassifier(b *testing.B) {
	sizes, batch := []int{784, 1000, 1000, 10}, 100
	for _, threads := range []int{1, 2} {
		for _, division := range []Division{ByRows, ByColumns} {
			b.Run(fmt.Sprintf("threads=%d/division=%v", threads, division), func(b *testing.B) {
				c, err := NewClassifier(sizes, batch, Adam{2e-3, 0.9, 0.999, 1e-8}, 1, threads, division)
				if err != nil {
					b.Fatal(err)
				}
				defer c.Close()
				x := make([]float32, batch*sizes[0])
				for i := range x {
					x[i] = rand.Float32()
				}
				labels := make([]uint8, batch)
				fastest := time.Hour
				for b.Loop() {
					start := time.Now()
					c.Step(x, labels)
					fastest = min(fastest, time.Since(start))
				}
				b.ReportMetric(1e3*fastest.Seconds(), "ms/step")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}
