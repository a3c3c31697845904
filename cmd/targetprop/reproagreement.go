package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math"
	"strings"

	doc "github.com/targetprop/targetprop/internal/report"
)

// agreementSettings say on what targetprop and the gradient were compared.
type agreementSettings struct {
	Images, Iterations int
}

// partAgreement draws what was measured while the network was trained.
func (r *reproduction) partAgreement() part {
	s := agreementSettings{Images: r.amounts.agreement, Iterations: r.options.training.Inference.Iterations}
	return part{
		name: "agreement", group: groupAgreement, seed: 0, settings: s, work: 1,
		command: r.partCommand(groupAgreement),
		run: func(context.Context, func(float64)) (outcome, error) {
			all := r.seeds[0].agreement
			plot, err := drawAgreement(all)
			if err != nil {
				return outcome{}, err
			}
			table, err := agreementCSV(all)
			return outcome{all, map[string][]byte{"agreement.png": plot, "agreement.csv": table}}, err
		},
	}
}

// angle is the angle of a cosine, in degrees.
func angle(cosine number) float64 { return math.Acos(min(max(float64(cosine), -1), 1)) * 180 / math.Pi }

// drawAgreement plots angles and ratios of norms over the epochs.
func drawAgreement(all []epochAgreement) ([]byte, error) {
	angles := doc.Chart{Title: "angle between targetprop and the exact gradient", X: "epochs of training", Y: "angle (degrees)", From: 0, To: 90}
	ratios := doc.Chart{Title: "norm of targetprop / norm of the gradient", X: "epochs of training", Y: "ratio of norms"}
	for i, l := range all[0].Layers {
		name, style := fmt.Sprintf("h%d, where INFERENCE starts", l.Layer), doc.LinePoints
		if l.Iterations > 0 {
			name, style = fmt.Sprintf("h%d, after %d iterations", l.Layer, l.Iterations), doc.Dashed
		}
		a := doc.Series{Name: name, Style: style, Colour: l.Layer - 1}
		b := a
		b.Err = []float64{}
		for _, e := range all {
			at := e.Layers[i]
			if v := angle(at.Cosine); v > angles.To {
				angles.To = math.Ceil(v/10) * 10
			}
			a.X, a.Y = append(a.X, float64(e.Epoch)), append(a.Y, angle(at.Cosine))
			b.X, b.Y, b.Err = append(b.X, float64(e.Epoch)), append(b.Y, float64(at.Ratio)), append(b.Err, float64(at.RatioErr))
		}
		angles.Series, ratios.Series = append(angles.Series, a), append(ratios.Series, b)
	}
	return doc.Panels(380, 300, []doc.Chart{angles, ratios})
}

func agreementCSV(all []epochAgreement) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write([]string{"epoch", "layer", "iterations_of_inference", "images", "mean_cosine", "cosine_standard_error", "angle_degrees", "mean_norm_ratio", "norm_ratio_standard_error"}); err != nil {
		return nil, err
	}
	for _, e := range all {
		for _, l := range e.Layers {
			row := []string{fmt.Sprint(e.Epoch), fmt.Sprint(l.Layer), fmt.Sprint(l.Iterations), fmt.Sprint(e.Images),
				decimal(float64(l.Cosine)), decimal(float64(l.CosineErr)), decimal(angle(l.Cosine)), decimal(float64(l.Ratio)), decimal(float64(l.RatioErr))}
			if err := w.Write(row); err != nil {
				return nil, err
			}
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func (r *reproduction) agreement() (rec record, all []epochAgreement, ok bool) {
	rec, ok = r.records["agreement"]
	return rec, all, ok && rec.decode(&all) == nil && len(all) > 0
}

func (r *reproduction) sectionAgreement() (doc.Section, bool) {
	s := doc.Section{ID: groupAgreement, Title: "Targetprop against the exact gradient"}
	rec, all, ok := r.agreement()
	if !ok {
		return s, false
	}
	s.Add(doc.Paragraph("Equation 12 estimates the gradient d log p(h[l-1]|h[l]) / dh[l], which lies on the other side of a map, by f(h[l-1]) - f(g(h[l])). The exact gradient through that one map is computed beside it, for each test image, before, during and after training. The paper leaves sigma_h open: it would divide every ratio by its square."),
		rec.figure("agreement.png", "agreement.csv", fmt.Sprintf("Angle (of the mean cosine) and mean ratio of the norms of targetprop's estimate and the exact one-layer gradient, on %d test images, after each epoch; epoch 0 is before training. Two gradients without relation would be at 90 degrees. Error bars are standard errors.", all[0].Images)))
	t := doc.Table{Header: []string{"layer", "states", "epoch", "angle (degrees)", "cosine", "ratio of norms"}, Text: []int{1}}
	for i, l := range all[0].Layers {
		for _, epoch := range []int{0, len(all) / 2, len(all) - 1} {
			at := all[epoch].Layers[i]
			t.Rows = append(t.Rows, []string{fmt.Sprintf("h%d", l.Layer), stateName(l.Iterations), fmt.Sprint(epoch), fmt.Sprintf("%.1f", angle(at.Cosine)),
				fmt.Sprintf("%.3f +- %.3f", at.Cosine, at.CosineErr), fmt.Sprintf("%.3f +- %.3f", at.Ratio, at.RatioErr)})
		}
	}
	s.Add(t)
	return s, true
}

func stateName(iterations int) string {
	if iterations == 0 {
		return "where INFERENCE starts"
	}
	return fmt.Sprintf("after %d iterations", iterations)
}

// claimAgreement judges the estimate after training.
func (r *reproduction) claimAgreement() (claim, bool) {
	c := claim{
		Claim:     "Targetprop estimates the gradient: f(x) - f(g(h)) points along d log p(x|h)/dh (Section 6, Equation 12).",
		Criterion: "After training, the angle to the exact gradient is below 45 degrees in every layer, both where INFERENCE starts and where it ends. Under a condition: it is below 90 degrees everywhere, by more than 2 standard errors of the cosine, so that small steps go uphill.",
	}
	_, all, ok := r.agreement()
	if !ok {
		return c, false
	}
	close, uphill := true, true
	var measured []string
	before, after := all[0], all[len(all)-1]
	for i, l := range after.Layers {
		close = close && angle(l.Cosine) < 45
		uphill = uphill && float64(l.Cosine) > 2*float64(l.CosineErr)
		measured = append(measured, fmt.Sprintf("h%d, %s: %.0f degrees (before training %.0f), norm x %.2f", l.Layer, stateName(l.Iterations), angle(l.Cosine), angle(before.Layers[i].Cosine), l.Ratio))
	}
	c.Measured = strings.Join(measured, "; ") + "."
	c.judge(close, uphill, "as a direction that goes uphill, further than 45 degrees from the gradient in some layer")
	return c, true
}
