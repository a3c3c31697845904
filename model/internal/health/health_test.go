package health

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

func filled(rows, cols int, value func(i, j int) float64) kernels.Matrix {
	m := kernels.NewMatrix(rows, cols)
	for i := range rows {
		for j := range cols {
			m.Row(i)[j] = float32(value(i, j))
		}
	}
	return m
}

func TestLosses(t *testing.T) {
	small := filled(2, 3, func(i, j int) float64 { return float64(i+j) / 4 })
	large := filled(2, 3, func(i, j int) float64 { return float64(100 * (i + j)) })
	huge := filled(2, 3, func(i, j int) float64 { return 1e20 * float64(i*j) })
	broken := filled(2, 3, func(i, j int) float64 { return []float64{0, math.NaN()}[i*j/2] })
	for _, c := range []struct {
		rule Rule
		loss float64 // of 20 outputs
		data kernels.Matrix
		want string
	}{
		{Minibatch, 20 * 99, small, ""},
		{Minibatch, 20 * 101, small, "the loss of g2 has grown to 101 a unit"},
		{Epoch, 20 * 9, small, ""},
		{Epoch, 20 * 11, small, "the loss of g2 has grown to 11 a unit"},
		{Epoch, 1.2e27, large, "g2"},
		{Epoch, 20 * 1e5, large, ""}, // the values themselves are of size 200
		{Minibatch, math.NaN(), small, "the loss of g2 is not a finite number any more"},
		{Epoch, math.Inf(1), large, "the loss of g2 is not a finite number any more"},
		{Minibatch, math.Inf(1), huge, "the examples of a minibatch have a mean square of 8.3e+39, too large"},
		{Minibatch, math.NaN(), broken, "example 77 of the data: value 2 is NaN"},
	} {
		err := c.rule(Name, 3, c.loss, 20, Of(c.data, []int{12, 77}))
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("loss %v: error %v, want %q", c.loss, err, c.want)
		}
		if blamed := errors.Is(err, ErrDiverged); blamed != (c.want != "" && !strings.Contains(c.want, "example")) {
			t.Errorf("loss %v: error %v blames training: %v", c.loss, err, blamed)
		}
	}
}

func TestDeadLayers(t *testing.T) {
	alive := filled(5, 4, func(i, j int) float64 { return math.Sin(float64(7*i + j)) })
	one := filled(5, 4, func(i, j int) float64 { return float64(j) + float64(i*(j/3))/1000 }) // one unit tells examples apart
	dead := filled(5, 4, func(i, j int) float64 { return 1e4*float64(j) + float64(i)*1e-5 })
	for _, c := range []struct {
		layers []kernels.Matrix
		want   string
	}{
		{[]kernels.Matrix{alive, alive, one}, ""},
		{[]kernels.Matrix{alive, one, dead, alive}, "h2"},
		{[]kernels.Matrix{dead, dead}, ""}, // the data are all the same
		{[]kernels.Matrix{alive.Slice(0, 1), dead.Slice(0, 1)}, ""},
	} {
		err := Layers(c.layers[0].Rows, Spans(c.layers))
		want := ""
		if c.want != "" {
			want = fmt.Sprintf("model: training diverged: the units of layer %s are the same for all images", c.want)
		}
		if (err == nil) != (want == "") || err != nil && (err.Error() != want || !errors.Is(err, ErrDiverged)) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
