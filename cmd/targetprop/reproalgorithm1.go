package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"strings"

	doc "github.com/targetprop/targetprop/internal/report"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/variational"
)

// algorithm1Settings is a small run of Algorithm 1 in several ways.
type algorithm1Settings struct {
	Images   int
	Layers   []int
	Variants []algorithm1Variant
}

type algorithm1Variant struct {
	Name     string
	Training variational.Training
}

// algorithm1Result is how J went in each way.
type algorithm1Result struct {
	Variants []algorithm1Curve `json:"variants"`
}

// algorithm1Curve is J over the epochs, meaned over their minibatches.
type algorithm1Curve struct {
	Name     string   `json:"name"`
	Langevin bool     `json:"langevin"`
	Start    []number `json:"j_at_encoder_means"`
	End      []number `json:"j_after_e_step"`
	Data     []number `json:"log_p_x_given_h1"` // after the E-step
}

// partAlgorithm1 trains small networks by Algorithm 1, with targetprop and with
// the exact gradient in the E-step, without noise (MAP) and with it (MCMC).
func (r *reproduction) partAlgorithm1() part {
	s := algorithm1Settings{Images: r.amounts.small, Layers: []int{200, 50}}
	for _, langevin := range []bool{false, true} {
		for _, gradient := range []variational.InnerGradient{variational.Targetprop, variational.Exact} {
			t := variational.DefaultTraining()
			t.Epochs, t.Batch, t.Seed = r.amounts.epochs, min(t.Batch, s.Images), r.options.training.Seed
			t.EStep.Gradient, t.EStep.Langevin = gradient, langevin
			name := "MAP"
			if langevin {
				name, t.EStep.Delta = "MCMC", 0.01 // the noise of larger steps drowns the states
			}
			s.Variants = append(s.Variants, algorithm1Variant{fmt.Sprintf("%s, %v", name, gradient), t})
		}
	}
	return part{
		name: "algorithm1", group: groupAlgorithm1, seed: noModel, settings: s, work: len(s.Variants) * s.Images * r.amounts.epochs / 2,
		command: r.partCommand(groupAlgorithm1),
		run: func(ctx context.Context, progress func(float64)) (outcome, error) {
			var result algorithm1Result
			for i, v := range s.Variants {
				c, err := r.runVariant(ctx, s, v, func(share float64) {
					progress((float64(i) + share) / float64(len(s.Variants)))
				})
				if err != nil {
					return outcome{}, fmt.Errorf("%s: %w", v.Name, err)
				}
				result.Variants = append(result.Variants, c)
			}
			plot, err := result.draw()
			if err != nil {
				return outcome{}, err
			}
			table, err := result.csv()
			return outcome{result, map[string][]byte{"algorithm1.png": plot, "algorithm1.csv": table}}, err
		},
	}
}

func (r *reproduction) runVariant(ctx context.Context, s algorithm1Settings, v algorithm1Variant, progress func(float64)) (algorithm1Curve, error) {
	c := algorithm1Curve{Name: v.Name, Langevin: v.Training.EStep.Langevin}
	few := images{r.set.Train.Slice(0, s.Images)}
	network, err := model.New(model.DefaultConfig(append([]int{few.Dim()}, s.Layers...)...), v.Training.Seed, r.engine)
	if err != nil {
		return c, err
	}
	trainer, err := variational.NewTrainer(network, few, v.Training, r.engine)
	if err != nil {
		return c, err
	}
	alpha := v.Training.EStep.Alpha
	for !trainer.Done() {
		if err := ctx.Err(); err != nil {
			return c, err
		}
		epoch, _ := trainer.Position()
		p, err := trainer.Step()
		if err != nil {
			return c, err
		}
		if epoch == len(c.End) {
			c.Start, c.End, c.Data = append(c.Start, 0), append(c.End, 0), append(c.Data, 0)
		}
		share := float64(p.Examples) / float64(s.Images)
		c.Start[epoch] += number(share * p.Start.J(alpha))
		c.End[epoch] += number(share * p.End.J(alpha))
		c.Data[epoch] += number(share * p.End.P[0])
		_, step := trainer.Position()
		progress((float64(epoch) + float64(step)/float64(trainer.StepsPerEpoch())) / float64(v.Training.Epochs))
	}
	return c, nil
}

func (a algorithm1Result) draw() ([]byte, error) {
	var row []doc.Chart
	for _, langevin := range []bool{false, true} {
		c := doc.Chart{Title: "variational MAP", X: "epoch", Y: "J, mean over training images (nats)", LegendLow: true}
		if langevin {
			c.Title = "variational MCMC"
		}
		colour := 0
		for _, v := range a.Variants {
			if v.Langevin != langevin {
				continue
			}
			x := counting(len(v.End) + 1)[1:]
			c.Series = append(c.Series,
				doc.Series{Name: v.Name + ", after the E-step", X: x, Y: floats(v.End), Style: doc.LinePoints, Colour: colour},
				doc.Series{Name: v.Name + ", before it", X: x, Y: floats(v.Start), Style: doc.Dashed, Colour: colour})
			colour++
		}
		row = append(row, c)
	}
	return doc.Panels(380, 300, row)
}

func (a algorithm1Result) csv() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write([]string{"variant", "epoch", "j_before_e_step", "j_after_e_step", "log_p_x_given_h1"}); err != nil {
		return nil, err
	}
	for _, v := range a.Variants {
		for k := range v.End {
			if err := w.Write([]string{v.Name, fmt.Sprint(k + 1), decimal(float64(v.Start[k])), decimal(float64(v.End[k])), decimal(float64(v.Data[k]))}); err != nil {
				return nil, err
			}
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func (r *reproduction) algorithm1() (rec record, s algorithm1Settings, result algorithm1Result, ok bool) {
	rec, ok = r.records["algorithm1"]
	return rec, s, result, ok && rec.decode(&result) == nil && decodeSettings(rec, &s) == nil
}

func (r *reproduction) sectionAlgorithm1() (doc.Section, bool) {
	section := doc.Section{ID: groupAlgorithm1, Title: "Algorithm 1: variational EM"}
	rec, s, result, ok := r.algorithm1()
	if !ok {
		return section, false
	}
	e := s.Variants[0].Training.EStep
	section.Add(doc.Paragraph("The E-step climbs J = log p(x|h) + log p(h) + alpha log q(h|x) in h, the M-step in the parameters. The gradient that lies on the other side of a map is targetprop's, or the exact one through that map; MCMC adds Langevin noise to the steps."),
		rec.figure("algorithm1.png", "algorithm1.csv", fmt.Sprintf("J over the epochs, before (h at the encoder's means) and after the E-step, means over the first %d training images; network of %v latent units, %d steps of delta %g (MCMC: %g), alpha %g, rate of the M-step %g. Constants of the Gaussians are left out.",
			s.Images, s.Layers, e.Steps, e.Delta, s.Variants[len(s.Variants)-1].Training.EStep.Delta, e.Alpha, s.Variants[0].Training.Optimizer.Rate)))
	t := doc.Table{Header: []string{"variant", "J in the first epoch", "J in the last epoch", "gain of the E-step in the last epoch", "log p(x|h1) in the last epoch"}}
	for _, v := range result.Variants {
		last := len(v.End) - 1
		t.Rows = append(t.Rows, []string{v.Name, fmt.Sprintf("%.2f", v.End[0]), fmt.Sprintf("%.2f", v.End[last]), fmt.Sprintf("%+.2f", v.End[last]-v.Start[last]), fmt.Sprintf("%.2f", v.Data[last])})
	}
	section.Add(t)
	return section, true
}

// claimAlgorithm1 judges whether targetprop can take the gradient's place.
func (r *reproduction) claimAlgorithm1() (claim, bool) {
	c := claim{
		Claim:     "Variational EM with targetprop in place of the inner gradient improves the model (Sections 3 and 6, Algorithm 1).",
		Criterion: "In the last epoch J after the E-step is higher than in the first, and the E-step of MAP raises J; all with targetprop. The gain is at least 80 % of that with the exact gradient. Under a condition: the gain is smaller.",
	}
	_, _, result, ok := r.algorithm1()
	if !ok || len(result.Variants) < 2 {
		return c, false
	}
	learns, near := true, true
	var measured []string
	for i := 0; i+1 < len(result.Variants); i += 2 { // targetprop and exact
		gain := func(v algorithm1Curve) float64 { return float64(v.End[len(v.End)-1] - v.End[0]) }
		t, e := result.Variants[i], result.Variants[i+1]
		last := len(t.End) - 1
		climbs := t.Langevin || t.End[last] > t.Start[last] // noise may cost more than the climb gains
		learns = learns && gain(t) > 0 && climbs
		near = near && gain(t) >= 0.8*gain(e)
		measured = append(measured, fmt.Sprintf("%s: J %.2f to %.2f (E-step %+.2f); %s: %.2f to %.2f", t.Name, t.End[0], t.End[last], t.End[last]-t.Start[last], e.Name, e.End[0], e.End[last]))
	}
	c.Measured = strings.Join(measured, "; ") + "."
	c.judge(learns && near, learns, "with a smaller gain than the exact gradient gives")
	return c, true
}
