package paper

import (
	"context"
	"fmt"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/internal/report"
	"github.com/targetprop/targetprop/internal/stat"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/measure"
)

// figure4Settings are the traces of INFERENCE, one for each alpha.
type figure4Settings struct {
	Traces []measure.Tracing
	Images int
}

// figure4Result is log p(x,h) and its terms over the iterations.
type figure4Result struct {
	Images int            `json:"images"`
	Traces []figure4Trace `json:"traces"`
}

type figure4Trace struct {
	Alpha  float32        `json:"alpha"`
	Curves []figure4Curve `json:"curves"` // the total, and then its terms
}

type figure4Curve struct {
	Name   string                `json:"name"`
	Mean   []experiment.Number   `json:"mean"`
	StdErr []experiment.Number   `json:"standard_error"`
	Single [][]experiment.Number `json:"single"`
}

// ends are the curve's first and last mean, and how many steps go up.
func (c figure4Curve) ends() (first, last float64, up int) {
	for k := 1; k < len(c.Mean); k++ {
		if c.Mean[k] > c.Mean[k-1] {
			up++
		}
	}
	return float64(c.Mean[0]), float64(c.Mean[len(c.Mean)-1]), up
}

// rises tells whether the mean ends higher than it began, by more than two of
// its standard errors.
func (c figure4Curve) rises() bool {
	first, last, _ := c.ends()
	return stat.Apart(last-first, float64(c.StdErr[len(c.StdErr)-1]), 0)
}

// steady tells whether the mean goes up in at least 90 % of the steps.
func (c figure4Curve) steady() bool {
	_, _, up := c.ends()
	return 10*up >= 9*(len(c.Mean)-1)
}

// figure4Parts follow log p(x,h) on all test images.
func figure4Parts(c *experiment.Context) []experiment.Part {
	s := figure4Settings{Images: c.Set.Test.Len()}
	for _, alpha := range []float32{model.TrainInference().Alpha, model.GenerateInference().Alpha} {
		t := measure.DefaultTracing()
		t.Inference.Alpha, t.Prior = alpha, true
		for i := range min(10, s.Images) {
			t.Single = append(t.Single, i)
		}
		s.Traces = append(s.Traces, t)
	}
	return []experiment.Part{{
		Name: "figure4", Network: 0, Settings: s, Work: 3 * s.Images * len(s.Traces),
		Run: func(ctx context.Context, progress func(float64)) (experiment.Outcome, error) {
			result := figure4Result{Images: s.Images}
			for i, t := range s.Traces {
				curves, err := measure.Trace(ctx, c.Engine, c.Networks[0].Model, c.Set.Test, t, func(done int) {
					progress((float64(i) + float64(done)/float64(s.Images)) / float64(len(s.Traces)))
				})
				if err != nil {
					return experiment.Outcome{}, err
				}
				trace := figure4Trace{Alpha: t.Inference.Alpha}
				for _, c := range curves {
					curve := figure4Curve{Name: c.Name, Mean: experiment.Numbers(c.Mean), StdErr: experiment.Numbers(c.StdErr)}
					for _, single := range c.Single {
						curve.Single = append(curve.Single, experiment.Numbers(single))
					}
					trace.Curves = append(trace.Curves, curve)
				}
				result.Traces = append(result.Traces, trace)
			}
			return result.draw()
		},
	}}
}

// draw makes the plots and the table.
func (f figure4Result) draw() (experiment.Outcome, error) {
	means, err := report.Panels(330, 250, f.termCharts()...)
	if err != nil {
		return experiment.Outcome{}, err
	}
	single, err := report.Panels(330, 260, f.singleCharts())
	if err != nil {
		return experiment.Outcome{}, err
	}
	table, err := f.csv()
	return experiment.Outcome{Result: f, Files: map[string][]byte{"terms.png": means, "single.png": single, "curves.csv": table}}, err
}

// termCharts are one chart for the total and each term, with all alphas, two
// charts in a row.
func (f figure4Result) termCharts() [][]report.Chart {
	var rows [][]report.Chart
	for k, curve := range f.Traces[0].Curves {
		c := report.Chart{Title: curve.Name, X: "iteration of INFERENCE", Y: "mean (nats)"}
		if k == 0 {
			c.Title += ", the total"
		}
		for i, t := range f.Traces {
			c.Series = append(c.Series, report.Series{Name: fmt.Sprintf("alpha = %g", t.Alpha), X: counting(len(t.Curves[k].Mean)), Y: experiment.Floats(t.Curves[k].Mean), Err: experiment.Floats(t.Curves[k].StdErr), Colour: i, Style: report.LinePoints})
		}
		if k%2 == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], c)
	}
	if last := len(rows) - 1; len(rows[last]) == 1 && last > 0 {
		rows[last] = append(rows[last], f.changeChart()) // no empty corner
	}
	return rows
}

// changeChart is how much the total gains.
func (f figure4Result) changeChart() report.Chart {
	c := report.Chart{Title: "gain of the total", X: "iteration of INFERENCE", Y: "mean (nats)", Zero: true, LegendLow: true}
	for i, t := range f.Traces {
		mean := experiment.Floats(t.Curves[0].Mean)
		s := report.Series{Name: fmt.Sprintf("alpha = %g", t.Alpha), X: counting(len(mean)), Colour: i}
		for _, v := range mean {
			s.Y = append(s.Y, v-mean[0])
		}
		c.Series = append(c.Series, s)
	}
	return c
}

// singleCharts are the totals of single images, a chart for each alpha.
func (f figure4Result) singleCharts() []report.Chart {
	var charts []report.Chart
	for i, t := range f.Traces {
		total := t.Curves[0]
		c := report.Chart{Title: fmt.Sprintf("alpha = %g: %d test images, and the mean", t.Alpha, len(total.Single)), X: "iteration of INFERENCE", Y: total.Name + " (nats)"}
		for _, one := range total.Single {
			c.Series = append(c.Series, report.Series{X: counting(len(one)), Y: experiment.Floats(one), Style: report.Thin, Colour: i})
		}
		c.Series = append(c.Series, report.Series{X: counting(len(total.Mean)), Y: experiment.Floats(total.Mean), Colour: len(report.Colours) - 1})
		charts = append(charts, c)
	}
	return charts
}

func (f figure4Result) csv() ([]byte, error) {
	var rows [][]string
	for _, t := range f.Traces {
		for _, c := range t.Curves {
			for k := range c.Mean {
				rows = append(rows, []string{fmt.Sprint(t.Alpha), c.Name, fmt.Sprint(k), cli.Decimal(float64(c.Mean[k])), cli.Decimal(float64(c.StdErr[k]))})
			}
		}
	}
	return cli.CSV([]string{"alpha", "quantity", "iteration", "mean_nats", "standard_error"}, rows)
}

func figure4Section(c *experiment.Context, kept experiment.Records) (report.Section, bool) {
	s := report.Section{Title: "Figure 4: log p(x,h) over the iterations of inference"}
	var f figure4Result
	rec, ok := kept.Decode("figure4", &f, nil)
	if !ok {
		return s, false
	}
	s.Add(report.Paragraph("INFERENCE of Algorithm 2 on all test images, for the alpha of training and that of GENERATE. In the paper log p(x,h) rises smoothly, from about -50 to about -33, with constants of its own; here the constants of the Gaussians are left out, and the term log p(h2) has minus the sum of the logarithms of the prior's standard deviations, which are small, so that it is large and positive: changes compare, levels do not."))
	var verdicts report.Bullets
	for _, t := range f.Traces {
		verdicts = append(verdicts, t.words())
	}
	s.Add(verdicts,
		rec.Figure("terms.png", "curves.csv", fmt.Sprintf("log p(x,h) and each of its terms over the iterations of INFERENCE, mean over %d test images; error bars (mostly smaller than the points) are standard errors.", f.Images)),
		rec.Figure("single.png", "", fmt.Sprintf("log p(x,h) of single test images, the first %d, and the mean of all (black).", len(f.Traces[0].Curves[0].Single))))
	t := report.Table{Caption: "Means before the first iteration and after the last, in nats.", Header: []string{"quantity"}}
	for _, trace := range f.Traces {
		t.Header = append(t.Header, fmt.Sprintf("alpha %g: start", trace.Alpha), "end", "change")
	}
	for k, c := range f.Traces[0].Curves {
		row := []string{c.Name}
		for _, trace := range f.Traces {
			first, last, _ := trace.Curves[k].ends()
			row = append(row, fmt.Sprintf("%.2f", first), fmt.Sprintf("%.2f", last), fmt.Sprintf("%+.2f", last-first))
		}
		t.Rows = append(t.Rows, row)
	}
	s.Add(t)
	return s, true
}

// words say plainly whether the total rises, and what its terms do.
func (t figure4Trace) words() string {
	first, last, up := t.Curves[0].ends()
	verb := "falls"
	switch {
	case t.Curves[0].rises():
		verb = "rises"
	case last > first:
		verb = "hardly changes"
	}
	var terms []string
	for _, c := range t.Curves[1:] {
		a, b, _ := c.ends()
		terms = append(terms, fmt.Sprintf("%s %.2f to %.2f", c.Name, a, b))
	}
	before, after, ups := t.withoutPrior().ends()
	return fmt.Sprintf("alpha = %g: the total %s, from %.2f to %.2f, and goes up in %d of %d iterations (%s). Without the prior's term it changes by %+.2f and goes up in %d.",
		t.Alpha, verb, first, last, up, len(t.Curves[0].Mean)-1, strings.Join(terms, ", "), after-before, ups)
}

// withoutPrior is the sum of the terms that are conditional on a layer above.
// Its standard errors are bounds: the sums of the terms'.
func (t figure4Trace) withoutPrior() figure4Curve {
	n := len(t.Curves[0].Mean)
	sum := figure4Curve{Mean: make([]experiment.Number, n), StdErr: make([]experiment.Number, n)}
	for _, c := range t.Curves[1:] {
		if !strings.Contains(c.Name, "|") {
			continue
		}
		for k := range n {
			sum.Mean[k] += c.Mean[k]
			sum.StdErr[k] += c.StdErr[k]
		}
	}
	return sum
}

// figure4Claim judges whether the total rises.
func figure4Claim(c *experiment.Context, kept experiment.Records) (experiment.Claim, bool) {
	claim := experiment.Claim{
		Claim:     "Inference raises log p(x,h) smoothly over 20 iterations (Figure 4).",
		Criterion: "For both alphas, the mean of the total ends more than 2 standard errors above its start and goes up in at least 90 % of the iterations. Under a condition: it ends above its start for one of them, or not smoothly; or log p(x|h), the total without the prior's term, does all that for one of them.",
	}
	var f figure4Result
	if _, ok := kept.Decode("figure4", &f, nil); !ok {
		return claim, false
	}
	var good, bad, conditional, measured []string
	smooth := true
	for _, t := range f.Traces {
		name := fmt.Sprintf("alpha = %g", t.Alpha)
		rises, steadily := t.Curves[0].rises(), t.Curves[0].steady()
		switch {
		case rises && steadily:
			good = append(good, name)
		case rises:
			smooth = false
			_, _, up := t.Curves[0].ends()
			good = append(good, fmt.Sprintf("%s (though in %d of %d iterations only)", name, up, len(t.Curves[0].Mean)-1))
		default:
			bad = append(bad, name)
		}
		if c := t.withoutPrior(); c.rises() && c.steady() {
			conditional = append(conditional, name)
		}
		measured = append(measured, t.words())
	}
	claim.Measured = strings.Join(measured, " ")
	condition := "for " + strings.Join(good, " and ")
	switch {
	case len(good) == 0:
		condition = fmt.Sprintf("without the term of the prior, and for %s", strings.Join(conditional, " and "))
	case len(bad) > 0:
		condition += ", not for " + strings.Join(bad, " and ")
	}
	claim.Judge(len(bad) == 0 && smooth, len(good)+len(conditional) > 0, condition)
	return claim, true
}
