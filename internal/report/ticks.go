package report

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
)

// ticks marks round numbers, about six on an axis; gonum's own are three.
type ticks struct{}

func (ticks) Ticks(low, high float64) []plot.Tick {
	step := roundStep((high - low) / 6)
	var all []plot.Tick
	for i := math.Ceil(low/step - 1e-9); float64(i*step) <= high+float64(1e-9*step); i++ {
		v := i * step
		if i == 0 {
			v = 0 // and not -0
		}
		all = append(all, plot.Tick{Value: v, Label: strconv.FormatFloat(v, 'g', 5, 64)})
	}
	return all
}

// roundStep is the 1, 2 or 5 times a power of ten that is nearest above x.
func roundStep(x float64) float64 {
	if !(x > 0) || math.IsInf(x, 1) {
		return 1
	}
	// Powers and logarithms of package math differ between architectures.
	text := strconv.FormatFloat(x, 'e', -1, 64)
	power, _ := strconv.ParseFloat("1"+text[strings.IndexByte(text, 'e'):], 64) // a power of ten
	for _, m := range []float64{1, 2, 5} {
		if x <= m*power*(1+1e-9) {
			return m * power
		}
	}
	return 10 * power
}
