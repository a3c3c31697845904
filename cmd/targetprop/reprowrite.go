package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/targetprop/targetprop/internal/atomicfile"
	doc "github.com/targetprop/targetprop/internal/report"
)

// write writes the report in both formats.
func (r *reproduction) write() (page, text string, err error) {
	d := r.document()
	page, text = filepath.Join(r.options.out, "report.html"), filepath.Join(r.options.out, "report.md")
	if err := atomicfile.Write(page, func(w io.Writer) error { return d.HTML(w) }); err != nil {
		return "", "", err
	}
	return page, text, atomicfile.Write(text, func(w io.Writer) error { return d.Markdown(w) })
}

// document is the report of all parts at hand.
func (r *reproduction) document() doc.Document {
	d := doc.Document{Title: "Towards Biologically Plausible Deep Learning: figures and numbers, made again"}
	d.Sections = append(d.Sections, r.sectionRun(), r.sectionClaims())
	for _, section := range []func() (doc.Section, bool){
		r.sectionFigure1, r.sectionFigure3, r.sectionFigure4, r.sectionFigure5, r.sectionAgreement, r.sectionChains,
		r.sectionTable, r.sectionClassifier, r.sectionAlgorithm1,
	} {
		if s, ok := section(); ok {
			d.Sections = append(d.Sections, s)
		}
	}
	d.Sections = append(d.Sections, r.sectionMade())
	return d
}

// sectionRun says what was run on what.
func (r *reproduction) sectionRun() doc.Section {
	s := doc.Section{ID: "run", Title: "This run"}
	o, t := r.options, r.options.training
	s.Add(doc.Paragraph("Figures and numbers of Y. Bengio, D.-H. Lee, J. Bornschein, T. Mesnard and Z. Lin, \"Towards Biologically Plausible Deep Learning\" (arXiv 1502.04156v3), made again by"),
		doc.Code(r.again(o.only)))
	table := doc.Table{Header: []string{"setting", "value"}, Text: []int{1}}
	add := func(name, format string, args ...any) {
		table.Rows = append(table.Rows, []string{name, fmt.Sprintf(format, args...)})
	}
	add("data", "%s: %d training, %d validation and %d test images of %d x %d pixels", dataName(o.data), r.set.Train.Len(), r.set.Valid.Len(), r.set.Test.Len(), r.set.Test.Width, r.set.Test.Height)
	add("network", "%s, encoders and decoders with weights of their own", sizes(o.config(r.set.Train.Dim())))
	add("training", "%s, minibatches of %d, %v, learning rate %g", count(t.Epochs, "epoch", "epochs"), t.Batch, t.Optimizer.Rule, t.Optimizer.Rate)
	add("inference", "%d iterations, delta %g, alpha %g", t.Inference.Iterations, t.Inference.Delta, t.Inference.Alpha)
	add("corruption", "%g up, %g down, mean of %d Bernoulli draws above sigmoid layers", t.UpNoise, t.DownNoise, t.Draws)
	add("seeds", "%d%s", t.Seed, map[bool]string{true: fmt.Sprintf(" to %d", t.Seed+uint64(o.seeds)-1)}[o.seeds > 1])
	add("program", "targetprop %s", version())
	add("machine", "%s", r.machine())
	if o.short {
		add("short run", "the built-in digits are a sixth of MNIST: %d samples a row of the table, Markov chains of %d steps there, %d images filled in, %d test images for gradients, Algorithm 1 on %d images", r.amounts.samples, r.amounts.steps, r.amounts.fill, r.amounts.agreement, r.amounts.small)
	}
	for i, name := range groups {
		if r.missing(name) {
			add("not made", "%s; make it with %s", strings.Join(missingFrom(r, i), ", "), r.again(missingFrom(r, i)))
			break
		}
	}
	s.Add(table)
	return s
}

// missing tells whether some of a group's parts have not been made.
func (r *reproduction) missing(group string) bool {
	for _, p := range r.parts {
		if _, ok := r.records[p.name]; p.group == group && !ok {
			return true
		}
	}
	return false
}

// missingFrom are the groups from the i-th on that have not been made.
func missingFrom(r *reproduction, i int) []string {
	var names []string
	for _, name := range groups[i:] {
		if r.missing(name) {
			names = append(names, name)
		}
	}
	return names
}

// sectionMade says how each part was made, for those who want to check.
func (r *reproduction) sectionMade() doc.Section {
	s := doc.Section{ID: "made", Title: "How each part was made"}
	s.Add(doc.Paragraph("The same command with the same version gives the same numbers, bit for bit, on any machine and with any number of threads; only the times differ. Parts of one --only group are made together."))
	t := doc.Table{Header: []string{"part", "command", "seed", "seconds", "machine", "settings"}, Text: []int{1, 4, 5}}
	for _, run := range r.seeds {
		if run.network != nil {
			o := r.options
			o.training.Seed = run.seed
			settings, _ := json.Marshal(o.training) // finite numbers: it cannot fail
			t.Rows = append(t.Rows, []string{"training", r.trainCommand(run), fmt.Sprint(run.seed), fmt.Sprintf("%.1f", run.seconds), "see its log", string(settings)})
		}
	}
	for _, p := range r.parts {
		if rec, ok := r.records[p.name]; ok {
			t.Rows = append(t.Rows, []string{p.name, rec.Command, fmt.Sprint(rec.Seed), fmt.Sprintf("%.1f", rec.Seconds), rec.Machine + ", " + rec.Version, compact(rec.Settings)})
		}
	}
	s.Add(t)
	return s
}

// trainCommand trains the same network by itself.
func (r *reproduction) trainCommand(run *seedRun) string {
	o := r.options
	flags := o.mainFlags()
	args := []string{"train", "--data", o.data}
	for _, name := range []string{"epochs", "layers", "batch", "lr"} {
		args = append(args, "--"+name, flags.Lookup(name).Value.String())
	}
	return commandLine(append(args, "--seed", fmt.Sprint(run.seed), "--out", "FOLDER")...)
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
