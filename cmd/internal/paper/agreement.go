package paper

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/internal/report"
	"github.com/targetprop/targetprop/internal/stat"
	"github.com/targetprop/targetprop/model/measure"
)

// agreementSettings say on what targetprop and the gradient were compared.
type agreementSettings struct {
	Images, Iterations int
}

// epochAgreement is how targetprop agreed with the gradient after an epoch.
type epochAgreement struct {
	Epoch  int              `json:"epoch"`
	Images int              `json:"images"`
	Layers []layerAgreement `json:"layers"`
	Sum    string           `json:"sha256,omitempty"` // of the others, while they are beside the network
}

// sum is that of an epoch's numbers.
func (a epochAgreement) sum() string {
	a.Sum = ""
	return experiment.SumOf(a)
}

// layerAgreement is the agreement in a layer.
type layerAgreement struct {
	Layer      int               `json:"layer"`
	Iterations int               `json:"iterations"` // of INFERENCE that led to the states
	Cosine     experiment.Number `json:"cosine"`
	CosineErr  experiment.Number `json:"cosine_error"`
	Ratio      experiment.Number `json:"norm_ratio"` // of the estimate by the gradient
	RatioErr   experiment.Number `json:"norm_ratio_error"`
}

// agreementWatcher compares targetprop with the gradient after each epoch, where
// INFERENCE starts and where it ends, and keeps the result on the disk.
type agreementWatcher struct {
	run.Nop
	c    *experiment.Context
	dir  run.Dir
	seen []epochAgreement
}

func watchAgreement(c *experiment.Context, dir run.Dir) experiment.Watcher {
	return &agreementWatcher{c: c, dir: dir}
}

// Saw tells whether it saw all epochs up to this one, and goes on from there.
func (w *agreementWatcher) Saw(epoch int) bool {
	w.seen = readAgreement(w.dir, epoch)
	return len(w.seen) > epoch
}

// File is agreement.json, beside the log.
func (w *agreementWatcher) File() string { return agreementFile(w.dir) }

// Work is two comparisons of each image.
func (w *agreementWatcher) Work() int { return 2 * w.c.Amounts.Agreement }

// Epoch compares.
func (w *agreementWatcher) Epoch(ctx context.Context, e run.Epoch) error {
	n := w.c.Amounts.Agreement
	a := epochAgreement{Epoch: e.Number, Images: n}
	few := w.c.Set.Test.Slice(0, n)
	inference := w.c.Settings.Training.Inference
	for _, iterations := range []int{0, inference.Iterations} {
		settings := inference
		settings.Iterations = iterations
		layers, err := measure.TargetpropAgreement(ctx, w.c.Engine, e.Trainer.(*task.Generative).Network, few, settings, nil)
		if err != nil {
			return err
		}
		for _, l := range layers {
			a.Layers = append(a.Layers, layerAgreement{l.Layer, iterations,
				experiment.Number(l.Cosine), experiment.Number(l.CosineErr), experiment.Number(l.Ratio), experiment.Number(l.RatioErr)})
		}
	}
	w.seen = append(w.seen[:min(e.Number, len(w.seen))], a)
	if !together.Writes(w.c.Group) {
		return nil
	}
	kept := slices.Clone(w.seen)
	for i := range kept {
		kept[i].Sum = kept[i].sum()
	}
	text, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	return atomicfile.WriteBytes(agreementFile(w.dir), text)
}

func agreementFile(dir run.Dir) string { return filepath.Join(string(dir), "agreement.json") }

// readAgreement reads what was found after the epochs from 0 to the given one.
// What is missing or damaged was not found.
func readAgreement(dir run.Dir, epoch int) []epochAgreement {
	content, err := atomicfile.ReadOwn(agreementFile(dir), 64<<20)
	var all, found []epochAgreement
	if err != nil || json.Unmarshal(content, &all) != nil {
		return nil
	}
	for i, a := range all {
		if a.Epoch != i || i > epoch || a.Sum != "" && a.Sum != a.sum() { // earlier programs kept none
			break
		}
		a.Sum = ""
		found = append(found, a)
	}
	return found
}

// agreementParts draw what was measured while the network was trained.
func agreementParts(c *experiment.Context) []experiment.Part {
	s := agreementSettings{Images: c.Amounts.Agreement, Iterations: c.Settings.Training.Inference.Iterations}
	return []experiment.Part{{
		Name: "agreement", Network: 0, Settings: s, Work: 1,
		Run: func(context.Context, func(float64)) (experiment.Outcome, error) {
			all := readAgreement(c.Networks[0].Dir, c.Settings.Training.Epochs)
			if len(all) <= c.Settings.Training.Epochs {
				return experiment.Outcome{}, fmt.Errorf("%s can not be read again: has something changed the folder? Run the same again", agreementFile(c.Networks[0].Dir))
			}
			plot, err := drawAgreement(all)
			if err != nil {
				return experiment.Outcome{}, err
			}
			table, err := agreementCSV(all)
			return experiment.Outcome{Result: all, Files: map[string][]byte{"agreement.png": plot, "agreement.csv": table}}, err
		},
	}}
}

// angle is the angle of a cosine, in degrees.
func angle(cosine experiment.Number) float64 {
	return stat.Degrees(float64(cosine))
}

// drawAgreement plots angles and ratios of norms over the epochs.
func drawAgreement(all []epochAgreement) ([]byte, error) {
	angles := report.Chart{Title: "angle between targetprop and the exact gradient", X: "epochs of training", Y: "angle (degrees)", From: 0, To: 90}
	ratios := report.Chart{Title: "norm of targetprop / norm of the gradient", X: "epochs of training", Y: "ratio of norms"}
	for i, l := range all[0].Layers {
		name, style := fmt.Sprintf("h%d, where INFERENCE starts", l.Layer), report.LinePoints
		if l.Iterations > 0 {
			name, style = fmt.Sprintf("h%d, after %d iterations", l.Layer, l.Iterations), report.Dashed
		}
		a := report.Series{Name: name, Style: style, Colour: l.Layer - 1}
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
	return report.Panels(380, 300, []report.Chart{angles, ratios})
}

func agreementCSV(all []epochAgreement) ([]byte, error) {
	var rows [][]string
	for _, e := range all {
		for _, l := range e.Layers {
			rows = append(rows, []string{fmt.Sprint(e.Epoch), fmt.Sprint(l.Layer), fmt.Sprint(l.Iterations), fmt.Sprint(e.Images),
				cli.Decimal(float64(l.Cosine)), cli.Decimal(float64(l.CosineErr)), cli.Decimal(angle(l.Cosine)), cli.Decimal(float64(l.Ratio)), cli.Decimal(float64(l.RatioErr))})
		}
	}
	return cli.CSV([]string{"epoch", "layer", "iterations_of_inference", "images", "mean_cosine", "cosine_standard_error", "angle_degrees", "mean_norm_ratio", "norm_ratio_standard_error"}, rows)
}

func agreementSection(c *experiment.Context, kept experiment.Records) (report.Section, bool) {
	s := report.Section{Title: "Targetprop against the exact gradient"}
	var all []epochAgreement
	rec, ok := kept.Decode("agreement", &all, nil)
	if !ok || len(all) == 0 {
		return s, false
	}
	s.Add(report.Paragraph("Equation 12 estimates the gradient d log p(h[l-1]|h[l]) / dh[l], which lies on the other side of a map, by f(h[l-1]) - f(g(h[l])). The exact gradient through that one map is computed beside it, for each test image, before, during and after training. The paper leaves sigma_h open: it would divide every ratio by its square."),
		rec.Figure("agreement.png", "agreement.csv", fmt.Sprintf("Angle (of the mean cosine) and mean ratio of the norms of targetprop's estimate and the exact one-layer gradient, on %d test images, after each epoch; epoch 0 is before training. Two gradients without relation would be at 90 degrees. Error bars are standard errors.", all[0].Images)))
	t := report.Table{Header: []string{"layer", "states", "epoch", "angle (degrees)", "cosine", "ratio of norms"}, Text: []int{1}}
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

// agreementClaim judges the estimate after training.
func agreementClaim(c *experiment.Context, kept experiment.Records) (experiment.Claim, bool) {
	claim := experiment.Claim{
		Claim:     "Targetprop estimates the gradient: f(x) - f(g(h)) points along d log p(x|h)/dh (Section 6, Equation 12).",
		Criterion: "After training, the angle to the exact gradient is below 45 degrees in every layer, both where INFERENCE starts and where it ends. Under a condition: it is below 90 degrees everywhere, by more than 2 standard errors of the cosine, so that small steps go uphill.",
	}
	var all []epochAgreement
	if _, ok := kept.Decode("agreement", &all, nil); !ok || len(all) == 0 {
		return claim, false
	}
	close, uphill := true, true
	var measured []string
	before, after := all[0], all[len(all)-1]
	for i, l := range after.Layers {
		close = close && angle(l.Cosine) < 45
		uphill = uphill && float64(l.Cosine) > 2*float64(l.CosineErr)
		measured = append(measured, fmt.Sprintf("h%d, %s: %.0f degrees (before training %.0f), norm x %.2f", l.Layer, stateName(l.Iterations), angle(l.Cosine), angle(before.Layers[i].Cosine), l.Ratio))
	}
	claim.Measured = strings.Join(measured, "; ") + "."
	claim.Judge(close, uphill, "as a direction that goes uphill, further than 45 degrees from the gradient in some layer")
	return claim, true
}
