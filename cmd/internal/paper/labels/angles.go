package labels

import (
	"fmt"
	"math"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/internal/report"
	"github.com/targetprop/targetprop/model/credit"
)

// ruleResult is how a classifier learned, and what it knows then.
type ruleResult struct {
	Epochs []ruleEpoch `json:"epochs"`
	Test   share       `json:"test"`
}

// ruleEpoch is a classifier after an epoch. Loss is of the epoch, the rest of its
// end. Number 0 is before training.
type ruleEpoch struct {
	Epoch  int               `json:"epoch"`
	Loss   experiment.Number `json:"loss"`
	Valid  float64           `json:"validation_accuracy"`
	Angles []ruleAngle       `json:"angles"` // of the maps, from the bottom up
}

// ruleAngle compares what the rule asks of a map with back-propagation, on a
// minibatch.
type ruleAngle struct {
	Cosine experiment.Number `json:"cosine"`
	Ratio  experiment.Number `json:"norm_ratio"`
}

// degrees is the angle.
func (a ruleAngle) degrees() float64 {
	return credit.Angle{Cosine: float64(a.Cosine)}.Degrees()
}

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

func (r ruleResult) csv() ([]byte, error) {
	var rows [][]string
	for _, e := range r.Epochs {
		for i, a := range e.Angles {
			rows = append(rows, []string{fmt.Sprint(e.Epoch), fmt.Sprint(i + 1), cli.Decimal(float64(a.Cosine)), cli.Decimal(a.degrees()), cli.Decimal(float64(a.Ratio)), cli.Decimal(float64(e.Loss)), cli.Decimal(e.Valid)})
		}
	}
	return cli.CSV([]string{"epoch", "map", "cosine", "angle_degrees", "norm_ratio", "loss", "validation_accuracy"}, rows)
}
