package feedforward

import (
	"context"
	"fmt"
	"math"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Finish makes outputs of the last map's result y in place: probabilities, if the
// top is softmax.
func (n *Network) Finish(e *kernels.Engine, y kernels.Matrix) {
	n.mustBe()
	if n.Config.Top == Softmax {
		e.Softmax(y, y)
	}
}

// Predict returns the outputs for all of data, one example a row: probabilities
// of the classes, or the values of the units. It fails if data does not fit the
// input or is not finite, or with ctx's error if ctx is done. It calls progress, if that is not nil,
// with the number of examples done.
func (n *Network) Predict(ctx context.Context, e *kernels.Engine, data model.Data, progress func(done int)) (kernels.Matrix, error) {
	if err := n.Validate(); err != nil {
		return kernels.Matrix{}, err
	}
	data, err := rows.Fix(data)
	if err != nil {
		return kernels.Matrix{}, err
	}
	if err := n.CheckInputs(data.Dim()); err != nil {
		return kernels.Matrix{}, err
	}
	if err := memory.Check(fmt.Sprintf("feedforward: to hold the outputs for %d examples", data.Len()), memory.Rows(float64(data.Len()), n.Config.Outputs())); err != nil {
		return kernels.Matrix{}, err
	}
	y := kernels.NewMatrix(data.Len(), n.Config.Outputs())
	p := n.NewPredictor(rows.Inferred)
	err = rows.Chunks(ctx, data.Len(), rows.Inferred, progress, func(lo, hi int) error {
		x := p.Inputs(hi - lo)
		if err := rows.Load(x, data, lo); err != nil {
			return err
		}
		outputs := p.Outputs(e, hi-lo)
		rows.Copy(y, lo, outputs)
		return health.Computed("the outputs for example", lo, outputs)
	})
	if err != nil {
		return kernels.Matrix{}, err
	}
	return y, nil
}

// CheckInputs says what is wrong with examples of so many numbers, if anything is.
func (n *Network) CheckInputs(dim int) error {
	if n == nil || len(n.Config.Sizes) == 0 {
		return n.Validate()
	}
	if dim != n.Config.Inputs() {
		return fmt.Errorf("feedforward: examples of %d numbers for a network of %d inputs", dim, n.Config.Inputs())
	}
	return nil
}

// Predictor has the buffers for outputs of up to so many examples at a time. It
// allocates nothing after it is made. Goroutines need one each.
type Predictor struct {
	network *Network
	h       []kernels.Matrix
}

// NewPredictor makes buffers for up to b examples. They follow the network as it
// learns.
func (n *Network) NewPredictor(b int) *Predictor {
	n.mustBe()
	p := &Predictor{network: n}
	for _, size := range n.Config.Sizes {
		p.h = append(p.h, kernels.NewMatrix(b, size))
	}
	return p
}

// Inputs is where the inputs of b examples are written, one a row.
func (p *Predictor) Inputs(b int) kernels.Matrix {
	p.check()
	return p.h[0].Slice(0, b)
}

// check panics if NewPredictor did not make it, of a network that can be.
func (p *Predictor) check() {
	if len(p.h) == 0 {
		panic("feedforward: this Predictor is not what NewPredictor returns")
	}
}

// Outputs is the outputs for the first b examples of Inputs, one a row. They are
// valid until the next call.
func (p *Predictor) Outputs(e *kernels.Engine, b int) kernels.Matrix {
	p.check()
	top := p.network.Config.Maps()
	for l := 1; l <= top; l++ {
		p.network.Forward(e, p.h[l].Slice(0, b), l, p.h[l-1].Slice(0, b))
	}
	y := p.h[top].Slice(0, b)
	p.network.Finish(e, y)
	return y
}

// Classes are the places of the largest output in each row of y, the first of
// equal ones. Of a row with a NaN the place means nothing.
func Classes(y kernels.Matrix) []int {
	if err := rows.CheckMatrix(y); err != nil {
		panic(err.Error())
	}
	classes := make([]int, y.Rows)
	for i := range classes {
		row, best := y.Row(i), 0
		for j, v := range row {
			if v > row[best] {
				best = j
			}
		}
		classes[i] = best
	}
	return classes
}

// Accuracy is the share of the rows of y whose largest output is at the label, with the
// standard error of a share. There are as many labels as rows, and at least one.
func Accuracy(y kernels.Matrix, labels []uint8) (share, stdErr float64) {
	if y.Rows != len(labels) || y.Rows == 0 {
		panic(fmt.Sprintf("feedforward: Accuracy of %d rows by %d labels: want as many, and one at least", y.Rows, len(labels)))
	}
	right := 0
	for i, class := range Classes(y) {
		if class == int(labels[i]) {
			right++
		}
	}
	n := float64(y.Rows)
	share = float64(right) / n
	return share, math.Sqrt(share * (1 - share) / n)
}
