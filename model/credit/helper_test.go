package credit

import (
	"math"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// plain are settings under which a step is the plain gradient's, times rate.
func plain(rule Rule, rate float32) Training {
	sgd := kernels.Optimizer{Rule: kernels.SGD, Rate: rate}
	return Training{Rule: rule, Epochs: 2, Batch: 16, Seed: 4, Optimizer: sgd, Targets: Targets{Step: 0.7, Noise: 0.2, Optimizer: sgd}}
}

// weighted are pairs with weights of their outputs.
type weighted struct {
	feedforward.Pairs
	w kernels.Matrix
}

func (w weighted) Target(i int, y, target, weight []float32) {
	w.Pairs.Target(i, y, target, weight)
	copy(weight, w.w.Row(i))
}

// someExamples are random, with soft targets and weights.
func someExamples(n, inputs, outputs int) weighted {
	return weighted{
		Pairs: feedforward.Pairs{X: random.Uniform(n, inputs, 1), Y: random.Uniform(n, outputs, 2)},
		w:     random.Uniform(n, outputs, 3),
	}
}

// network is a new network whose biases are not 0.
func network(t testing.TB, e *kernels.Engine, config feedforward.Config) *feedforward.Network {
	t.Helper()
	n, err := feedforward.New(config, 3, e)
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range n.Maps {
		bias := random.Uniform(1, m.Outputs(), uint64(i))
		m.Weights.Pack(0, bias)
	}
	return n
}

// numbers are 0 to n-1.
func numbers(n int) []int {
	var all []int
	for i := range n {
		all = append(all, i)
	}
	return all
}

// slow is a network in float64.
type slow struct {
	maps []modeltest.SlowMap
	top  feedforward.Top
}

func newSlow(n *feedforward.Network) *slow {
	s := &slow{top: n.Config.Top}
	for _, m := range n.Maps {
		s.maps = append(s.maps, modeltest.NewSlowMap(m))
	}
	return s
}

// up are the states of all layers for x.
func (s *slow) up(x []float64) [][]float64 {
	h := [][]float64{x}
	for _, m := range s.maps {
		h = append(h, m.Apply(h[len(h)-1]))
	}
	return h
}

// loss is the top's loss at the last map's result z.
func (s *slow) loss(z, target, weight []float64) (loss float64) {
	if s.top != feedforward.Softmax {
		for j := range z {
			loss += weight[j] * (z[j] - target[j]) * (z[j] - target[j])
		}
		return loss
	}
	var sum float64
	for _, v := range z {
		sum += math.Exp(v)
	}
	for j, v := range z {
		loss += weight[j] * target[j] * (math.Log(sum) - v)
	}
	return loss
}

// mean is the mean loss of all examples.
func (s *slow) mean(all weighted) (loss float64) {
	for i := range all.Len() {
		h := s.up(modeltest.Wide(all.X.Row(i)))
		loss += s.loss(h[len(h)-1], modeltest.Wide(all.Y.Row(i)), modeltest.Wide(all.w.Row(i)))
	}
	return loss / float64(all.Len())
}

// changes is what a step of rate 1 takes from the parameters of a map, by row and column.
func changes(before modeltest.SlowMap, after kernels.Packed) [][]float64 {
	w := make([]float32, after.Rows*after.Cols)
	plain := rows.Of(after.Rows, after.Cols, w)
	after.Unpack(0, plain)
	var all [][]float64
	for i := range after.Rows {
		old := before.Bias
		if i > 0 {
			old = before.Weight[i-1]
		}
		var row []float64
		for j, v := range plain.Row(i) {
			row = append(row, old[j]-float64(v))
		}
		all = append(all, row)
	}
	return all
}
