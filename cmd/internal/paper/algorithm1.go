package paper

import (
	"context"
	"fmt"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/internal/report"
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
	Name     string              `json:"name"`
	Langevin bool                `json:"langevin"`
	Start    []experiment.Number `json:"j_at_encoder_means"`
	End      []experiment.Number `json:"j_after_e_step"`
	Data     []experiment.Number `json:"log_p_x_given_h1"` // after the E-step
}

// algorithm1Parts train small networks by Algorithm 1, with targetprop and with
// the exact gradient in the E-step, without noise (MAP) and with it (MCMC).
func algorithm1Parts(c *experiment.Context) []experiment.Part {
	s := algorithm1Settings{Images: c.Amounts.Small, Layers: []int{200, 50}}
	for _, langevin := range []bool{false, true} {
		for _, gradient := range []variational.InnerGradient{variational.Targetprop, variational.Exact} {
			t := variational.DefaultTraining()
			t.Epochs, t.Batch, t.Seed = c.Amounts.Epochs, min(t.Batch, s.Images), c.Seed()
			t.EStep.Gradient, t.EStep.Langevin = gradient, langevin
			name := "MAP"
			if langevin {
				name, t.EStep.Delta = "MCMC", 0.01 // the noise of larger steps drowns the states
			}
			s.Variants = append(s.Variants, algorithm1Variant{fmt.Sprintf("%s, %v", name, gradient), t})
		}
	}
	return []experiment.Part{{
		Name: "algorithm1", Network: experiment.None, Settings: s, Work: len(s.Variants) * s.Images * c.Amounts.Epochs / 2,
		Run: func(ctx context.Context, progress func(float64)) (experiment.Outcome, error) {
			var result algorithm1Result
			for i, v := range s.Variants {
				curve, err := runVariant(ctx, c, s, v, func(share float64) {
					progress((float64(i) + share) / float64(len(s.Variants)))
				})
				if err != nil {
					return experiment.Outcome{}, fmt.Errorf("%s: %w", v.Name, err)
				}
				result.Variants = append(result.Variants, curve)
			}
			plot, err := result.draw()
			if err != nil {
				return experiment.Outcome{}, err
			}
			table, err := result.csv()
			return experiment.Outcome{Result: result, Files: map[string][]byte{"algorithm1.png": plot, "algorithm1.csv": table}}, err
		},
	}}
}

func runVariant(ctx context.Context, c *experiment.Context, s algorithm1Settings, v algorithm1Variant, progress func(float64)) (algorithm1Curve, error) {
	curve := algorithm1Curve{Name: v.Name, Langevin: v.Training.EStep.Langevin}
	few := c.Set.Train.Slice(0, s.Images)
	network, err := model.New(model.DefaultConfig(append([]int{few.Dim()}, s.Layers...)...), v.Training.Seed, c.Engine)
	if err != nil {
		return curve, err
	}
	trainer, err := variational.NewTrainer(network, few, v.Training, c.Engine)
	if err != nil {
		return curve, err
	}
	alpha := v.Training.EStep.Alpha
	for !trainer.Done() {
		if err := ctx.Err(); err != nil {
			return curve, err
		}
		epoch, _ := trainer.Position()
		p, err := trainer.Step()
		if err != nil {
			return curve, err
		}
		if epoch == len(curve.End) {
			curve.Start, curve.End, curve.Data = append(curve.Start, 0), append(curve.End, 0), append(curve.Data, 0)
		}
		share := float64(p.Examples) / float64(s.Images)
		curve.Start[epoch] += experiment.Number(share * p.Start.J(alpha))
		curve.End[epoch] += experiment.Number(share * p.End.J(alpha))
		curve.Data[epoch] += experiment.Number(share * p.End.P[0])
		_, step := trainer.Position()
		progress((float64(epoch) + float64(step)/float64(trainer.StepsPerEpoch())) / float64(v.Training.Epochs))
	}
	return curve, nil
}

func (a algorithm1Result) draw() ([]byte, error) {
	var row []report.Chart
	for _, langevin := range []bool{false, true} {
		c := report.Chart{Title: "variational MAP", X: "epoch", Y: "J, mean over training images (nats)", LegendLow: true}
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
				report.Series{Name: v.Name + ", after the E-step", X: x, Y: experiment.Floats(v.End), Style: report.LinePoints, Colour: colour},
				report.Series{Name: v.Name + ", before it", X: x, Y: experiment.Floats(v.Start), Style: report.Dashed, Colour: colour})
			colour++
		}
		row = append(row, c)
	}
	return report.Panels(380, 300, row)
}

func (a algorithm1Result) csv() ([]byte, error) {
	var rows [][]string
	for _, v := range a.Variants {
		for k := range v.End {
			rows = append(rows, []string{v.Name, fmt.Sprint(k + 1), cli.Decimal(float64(v.Start[k])), cli.Decimal(float64(v.End[k])), cli.Decimal(float64(v.Data[k]))})
		}
	}
	return cli.CSV([]string{"variant", "epoch", "j_before_e_step", "j_after_e_step", "log_p_x_given_h1"}, rows)
}

func algorithm1Section(c *experiment.Context, kept experiment.Records) (report.Section, bool) {
	section := report.Section{Title: "Algorithm 1: variational EM"}
	var s algorithm1Settings
	var result algorithm1Result
	rec, ok := kept.Decode("algorithm1", &result, &s)
	if !ok {
		return section, false
	}
	e := s.Variants[0].Training.EStep
	section.Add(report.Paragraph("The E-step climbs J = log p(x|h) + log p(h) + alpha log q(h|x) in h, the M-step in the parameters. The gradient that lies on the other side of a map is targetprop's, or the exact one through that map; MCMC adds Langevin noise to the steps."),
		rec.Figure("algorithm1.png", "algorithm1.csv", fmt.Sprintf("J over the epochs, before (h at the encoder's means) and after the E-step, means over the first %d training images; network of %v latent units, %d steps of delta %g (MCMC: %g), alpha %g, rate of the M-step %g. Constants of the Gaussians are left out.",
			s.Images, s.Layers, e.Steps, e.Delta, s.Variants[len(s.Variants)-1].Training.EStep.Delta, e.Alpha, s.Variants[0].Training.Optimizer.Rate)))
	t := report.Table{Header: []string{"variant", "J in the first epoch", "J in the last epoch", "gain of the E-step in the last epoch", "log p(x|h1) in the last epoch"}}
	for _, v := range result.Variants {
		last := len(v.End) - 1
		t.Rows = append(t.Rows, []string{v.Name, fmt.Sprintf("%.2f", v.End[0]), fmt.Sprintf("%.2f", v.End[last]), fmt.Sprintf("%+.2f", v.End[last]-v.Start[last]), fmt.Sprintf("%.2f", v.Data[last])})
	}
	section.Add(t)
	return section, true
}

// algorithm1Claim judges whether targetprop can take the gradient's place.
func algorithm1Claim(c *experiment.Context, kept experiment.Records) (experiment.Claim, bool) {
	claim := experiment.Claim{
		Claim:     "Variational EM with targetprop in place of the inner gradient improves the model (Sections 3 and 6, Algorithm 1).",
		Criterion: "In the last epoch J after the E-step is higher than in the first, and the E-step of MAP raises J; all with targetprop. The gain is at least 80 % of that with the exact gradient. Under a condition: the gain is smaller.",
	}
	var result algorithm1Result
	if _, ok := kept.Decode("algorithm1", &result, nil); !ok || len(result.Variants) < 2 {
		return claim, false
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
	claim.Measured = strings.Join(measured, "; ") + "."
	claim.Judge(learns && near, learns, "with a smaller gain than the exact gradient gives")
	return claim, true
}
