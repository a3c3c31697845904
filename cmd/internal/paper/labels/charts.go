package labels

import (
	"fmt"
	"math"

	"github.com/targetprop/targetprop/internal/report"
	"github.com/targetprop/targetprop/model/credit"
)

// nan is what is not known.
var nan = math.NaN()

// draw plots the angles and ratios of norms over the epochs.
func (r ruleResult) draw(rule credit.Rule) ([]byte, error) {
	title := fmt.Sprintf("angle between %v and back-propagation", rule)
	angles := report.Chart{Title: title, X: "epochs of training", Y: "angle (degrees)", From: 0, To: 90}
	ratios := report.Chart{Title: "norm by the rule / norm by back-propagation", X: "epochs of training", Y: "ratio of norms"}
	for i := range r.Epochs[0].Angles {
		a := report.Series{Name: fmt.Sprintf("f%d", i+1), Style: report.LinePoints, Colour: i}
		b := a
		for _, e := range r.Epochs {
			degrees := e.Angles[i].degrees()
			if degrees > angles.To {
				angles.To = math.Ceil(degrees/10) * 10
			}
			a.X, a.Y = append(a.X, float64(e.Epoch)), append(a.Y, degrees)
			b.X, b.Y = append(b.X, float64(e.Epoch)), append(b.Y, float64(e.Angles[i].Ratio))
		}
		angles.Series, ratios.Series = append(angles.Series, a), append(ratios.Series, b)
	}
	return report.Panels(380, 300, []report.Chart{angles, ratios})
}

// counting is first, first+1, ..., of n numbers.
func counting(first, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(first + i)
	}
	return x
}
