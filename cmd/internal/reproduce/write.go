package reproduce

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/paper"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/internal/report"
)

// Write writes the report in both formats.
func (r *Reproduction) Write() (page, text string, err error) {
	d := r.document()
	page, text = r.options.reports()[0], r.options.reports()[1]
	if !together.Writes(r.options.Group) {
		return page, text, nil
	}
	if err := atomicfile.Write(page, func(w io.Writer) error { return d.HTML(w) }); err != nil {
		return "", "", err
	}
	return page, text, atomicfile.Write(text, func(w io.Writer) error { return d.Markdown(w) })
}

// document is the report of all parts at hand.
func (r *Reproduction) document() report.Document {
	d := report.Document{Title: "Towards Biologically Plausible Deep Learning: figures and numbers, made again"}
	d.Lead = lead(r.Claims())
	d.Sections = append(d.Sections, r.claimsSection(), r.runSection())
	for _, x := range paper.Experiments {
		if s, ok := fitting(x.Section)(&r.context, r.kept); ok {
			s.ID = x.Name
			d.Sections = append(d.Sections, s)
		}
	}
	d.Sections = append(d.Sections, r.madeSection())
	return d
}

// fitting has f answer false where it panics. Parts come from a folder, and one in which
// the JSON is well formed but says nothing that this program would have kept is as good
// as none.
func fitting[F ~func(*experiment.Context, experiment.Records) (T, bool), T any](f F) F {
	return func(c *experiment.Context, kept experiment.Records) (v T, ok bool) {
		defer func() {
			if recover() != nil {
				ok = false
			}
		}()
		return f(c, kept)
	}
}

// runSection says what was run on what.
func (r *Reproduction) runSection() report.Section {
	s := report.Section{ID: "run", Title: "This run"}
	o, t, set, a := r.options, r.options.Settings.Training, r.context.Set, r.context.Amounts
	s.Add(report.Paragraph("Figures and numbers of Y. Bengio, D.-H. Lee, J. Bornschein, T. Mesnard and Z. Lin, \"Towards Biologically Plausible Deep Learning\" (arXiv 1502.04156v3), made again by"),
		report.Code(o.again(o.Only)))
	table := report.Table{Header: []string{"setting", "value"}, Text: []int{1}}
	add := func(name, format string, args ...any) {
		table.Rows = append(table.Rows, []string{name, fmt.Sprintf(format, args...)})
	}
	add("data", "%s: %d training, %d validation and %d test images of %d x %d pixels", data.Name(o.Data), set.Train.Len(), set.Valid.Len(), set.Test.Len(), set.Test.Width, set.Test.Height)
	add("network", "%s, encoders and decoders with weights of their own", settings.Sizes(o.Settings.Config(set.Train.Dim()).Sizes))
	add("training", "%s, minibatches of %d, %v, learning rate %g", r.epochs(), t.Batch, t.Optimizer.Rule, t.Optimizer.Rate)
	add("inference", "%d iterations, delta %g, alpha %g", t.Inference.Iterations, t.Inference.Delta, t.Inference.Alpha)
	add("corruption", "%g up, %g down, mean of %d Bernoulli draws above sigmoid layers", t.UpNoise, t.DownNoise, t.Draws)
	add("seeds", "%d%s", t.Seed, map[bool]string{true: fmt.Sprintf(" to %d", t.Seed+uint64(o.Seeds)-1)}[o.Seeds > 1])
	add("program", "targetprop %s", cli.Version())
	add("machine", "%s", r.options.machine())
	if o.short() {
		add("short run", "the built-in digits are a sixth of MNIST: %d samples a row of the table, Markov chains of %d steps there, %d images filled in, %d test images for gradients, Algorithm 1 on %d images", a.Samples, a.Steps, a.Fill, a.Agreement, a.Small)
	}
	if missing := r.missing(); len(missing) > 0 {
		add("not made", "%s; make it with %s", strings.Join(missing, ", "), o.again(missing))
	}
	s.Add(table)
	return s
}

// epochs are those of the training, in words.
func (r *Reproduction) epochs() string {
	t, early := r.options.Settings.Training, r.context.Networks[0].Early
	switch all := cli.Count(t.Epochs, "epoch", "epochs"); {
	case early != "":
		return fmt.Sprintf("finished after %s of %s", early, all)
	case t.Patience > 0:
		return fmt.Sprintf("at most %s, stopped early by the validation images", all)
	default:
		return all
	}
}

// missing are the experiments of which some part has not been made.
func (r *Reproduction) missing() []string {
	lacking := map[string]bool{}
	for _, p := range r.parts {
		if _, ok := r.kept[p.Name]; !ok {
			lacking[p.of] = true
		}
	}
	if r.options.Model != "" { // nobody looked on while it was trained
		for _, x := range paper.Experiments {
			lacking[x.Name] = lacking[x.Name] && x.Watch == nil
		}
	}
	return slices.DeleteFunc(paper.Names(), func(name string) bool { return !lacking[name] })
}

// Claims are those of the paper for which there are numbers, judged.
func (r *Reproduction) Claims() []experiment.Claim {
	var all []experiment.Claim
	for _, judge := range paper.Claims() {
		if c, ok := fitting(judge)(&r.context, r.kept); ok {
			all = append(all, c)
		}
	}
	return all
}

// lead counts the verdicts.
func lead(claims []experiment.Claim) string {
	count := map[experiment.Verdict]int{}
	for _, c := range claims {
		count[c.Verdict]++
	}
	if len(claims) == 0 {
		return ""
	}
	text := fmt.Sprintf("%d of %s reproduced", count[experiment.Reproduced], cli.Count(len(claims), "claim", "claims"))
	if n := count[experiment.Conditionally]; n > 0 {
		text += fmt.Sprintf(", %d more under a condition", n)
	}
	if n := count[experiment.NotReproduced]; n > 0 {
		text += fmt.Sprintf(", %d not", n)
	}
	return text + "."
}

// claimsSection judges the claims for which there are numbers.
func (r *Reproduction) claimsSection() report.Section {
	s := report.Section{ID: "claims", Title: "The paper's claims"}
	s.Add(report.Paragraph("Each claim is judged by a criterion that the program applies to the numbers of this run. A different run may come to other verdicts."))
	t := report.Table{Header: []string{"claim", "verdict", "what was measured", "criterion"}, Text: []int{1, 2, 3}, Badges: map[string]string{
		string(experiment.Reproduced): "good", string(experiment.Conditionally): "partly", string(experiment.NotReproduced): "bad",
	}}
	for _, c := range r.Claims() {
		verdict := string(c.Verdict)
		if c.Condition != "" {
			verdict += ": " + c.Condition
		}
		t.Rows = append(t.Rows, []string{c.Claim, verdict, c.Measured, c.Criterion})
	}
	if len(t.Rows) == 0 {
		s.Add(report.Paragraph("No part that judges a claim has been made yet."))
		return s
	}
	s.Add(t)
	return s
}

// madeSection says how each part was made, for those who want to check.
func (r *Reproduction) madeSection() report.Section {
	s := report.Section{ID: "made", Title: "How each part was made"}
	s.Add(report.Paragraph("The same command with the same version gives the same numbers, bit for bit, on any machine and with any number of threads; only the times differ. Parts of one --only group are made together."))
	t := report.Table{Header: []string{"part", "command", "seed", "seconds", "machine", "settings"}, Text: []int{1, 4, 5}}
	for _, n := range r.context.Networks {
		if n.Model != nil {
			training := r.options.Settings.Training
			training.Seed = n.Seed
			settings, _ := json.Marshal(training) // finite numbers: it cannot fail
			seconds, machine := fmt.Sprintf("%.1f", n.Seconds), "see its log"
			if !n.Timed {
				seconds, machine = "not known", "its log is missing, or not whole"
			}
			command := r.trainCommand(n)
			if n.Early != "" {
				command += fmt.Sprintf(" (finished after %s by %s)", n.Early, cli.CommandLine("finish", "FOLDER"))
			}
			t.Rows = append(t.Rows, []string{"training", command, fmt.Sprint(n.Seed), seconds, machine, string(settings)})
		}
	}
	for _, p := range r.parts {
		if rec, ok := r.kept[p.Name]; ok {
			t.Rows = append(t.Rows, []string{p.Name, rec.Command, fmt.Sprint(rec.Seed), fmt.Sprintf("%.1f", rec.Seconds), rec.Machine + ", " + rec.Version, compact(rec.Settings)})
		}
	}
	s.Add(t)
	return s
}

// trainCommand trains a network by itself.
func (r *Reproduction) trainCommand(n *experiment.Network) string {
	o := r.options
	args := append([]string{"train", "--data", o.Data}, n.Reading.Args()...)
	usual := settings.DefaultGenerate(o.Data, settings.Of(&o.Settings, "layers"))
	for _, s := range settings.All(&o.Settings) {
		// What is not given train fits to data that have no name.
		always := !data.Named(o.Data) || slices.Contains([]string{"epochs", "layers", "batch", "lr"}, s.Name)
		if s.Name != "seed" && (always || s.Value != settings.Value(&usual, s.Name)) {
			args = append(args, fmt.Sprintf("--%s=%s", s.Name, s.Value)) // with "=", also the flags that are true or false
		}
	}
	return cli.CommandLine(append(args, "--seed", fmt.Sprint(n.Seed), "--out", "FOLDER")...)
}

// compact is JSON on one line.
func compact(text json.RawMessage) string {
	var v any
	if json.Unmarshal(text, &v) != nil {
		return string(text)
	}
	line, err := json.Marshal(v)
	if err != nil {
		return string(text)
	}
	return string(line)
}
