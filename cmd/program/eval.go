package program

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/compare"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/evaluate"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// evalOptions are the flags of eval.
type evalOptions struct {
	group model.Group // that the command runs in, or nil

	models           []string
	data             string
	samples, threads int
	seed             uint64
	json, save       bool
}

func newEval(g model.Group) *cobra.Command {
	o := evalOptions{group: g}
	cmd := &cobra.Command{
		Use:   "eval",
		Short: "Measure a model's samples",
		Long: `Measures samples of a model by the log-likelihood of test images under a
Gaussian window on the samples (Parzen estimate), with the published protocol:
the width of the window, sigma, is chosen on validation images.

The measure is known to be poor (Theis, van den Oord and Bethge 2015, arXiv
1511.01844), so the report has two more rows, always: true training images, as
good as samples can be, and k-means centres of them, which generate nothing.

--model may be given several times: the models then stand side by side, on the
data of the first unless --data names some. JSON is then a list of reports. A
note says where their figures do not compare: of runs with another split, or
that read the images in another range.`,
		Example: `  targetprop eval
  targetprop eval --model runs/mnist/model.safetensors --data mnist
  targetprop eval --model runs/digits --model runs/deep --data digits
  targetprop eval --samples 1000 --json`,
	}
	f := cmd.Flags()
	f.StringArrayVar(&o.models, "model", []string{run.DefaultDir(task.Generate, data.Default).Model()}, "`file` of a model or checkpoint, or folder of a run; several times for several models")
	addTestData(f, &o.data)
	f.IntVar(&o.samples, "samples", 10000, "`number` of samples")
	f.Uint64Var(&o.seed, "seed", 1, "`seed` of all random numbers")
	f.BoolVar(&o.save, "save", false, "keep the report as "+compare.EvaluationName+" beside the model, where targetprop runs finds it")
	f.BoolVar(&o.json, "json", false, "write JSON")
	addThreads(f, &o.threads)
	completeFlags(cmd)
	cmd.RunE = cli.Action(o.do)
	return cmd
}

func (o *evalOptions) do(cmd *cobra.Command) error {
	if o.samples < 1 {
		return cli.Usagef("--samples %d: want 1 or more", o.samples)
	}
	engine, err := cli.NewEngine(o.threads)
	if err != nil {
		return err
	}
	defer engine.Close()
	if err := o.check(cmd.Context()); err != nil {
		return err
	}
	var reports []evaluate.Report
	for _, path := range o.models {
		report, err := o.measure(cmd, engine, path, reports)
		if err != nil {
			return err
		}
		reports = append(reports, report)
	}
	switch {
	case o.json && len(reports) > 1:
		return cli.WriteJSON(cmd.OutOrStdout(), reports)
	case o.json:
		return cli.WriteJSON(cmd.OutOrStdout(), reports[0])
	case len(reports) > 1:
		evaluate.WriteTables(cmd.OutOrStdout(), reports)
	default:
		reports[0].WriteTable(cmd.OutOrStdout())
	}
	return nil
}

// check fails, before the first model is measured, which takes long, if one could not be, or not on the same data, or its
// report not kept.
func (o *evalOptions) check(ctx context.Context) error {
	var first data.Shape
	kept := map[string]string{} // the model whose report is kept at a place
	for i, path := range o.models {
		f, err := modelfile.Load(path)
		if err != nil {
			return err
		}
		shape, err := f.Shape()
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", path, err)
		case i == 0:
			first = shape
		case !shape.Fits(first):
			return cli.Usagef("the model %s reads %v%s, and %s %v%s: models are compared on the same data", o.models[0], first, ofColumns(first), path, shape, ofColumns(shape))
		}
		if !o.save {
			continue
		}
		at := place(keptReport(f))
		if other, ok := kept[at]; ok {
			return cli.Usagef("--save keeps one report in a folder, and %s and %s are in one: measure one of them at a time", other, path)
		}
		kept[at] = path
		if err := cmp.Or(checkOutputs(ctx, o.group, inputs{data: o.data}, keptReport(f)), compare.CheckEvaluation(keptReport(f))); err != nil {
			return err
		}
	}
	numbers := first.Height * first.Width * first.Channels
	if err := data.CheckAmount("--samples", o.samples, numbers); err != nil {
		return err
	}
	const held = 3 // the samples, less their mean, and laid out
	return memory.Check(fmt.Sprintf("--samples: to compare %d of %d numbers", o.samples, numbers), held*memory.Rows(float64(o.samples), numbers))
}

// ofColumns are the names of a shape's columns, if it has any.
func ofColumns(s data.Shape) string {
	if s.Columns == nil {
		return ""
	}
	return " (" + data.List(s.Columns) + ")"
}

// keptReport is where the report of a model is kept.
func keptReport(f modelfile.Model) string {
	return filepath.Join(filepath.Dir(f.Path), compare.EvaluationName)
}

// measure measures a model after others.
func (o *evalOptions) measure(cmd *cobra.Command, engine *kernels.Engine, path string, before []evaluate.Report) (evaluate.Report, error) {
	noteLater(cmd, o.group, path)
	f, err := loadModel(o.group, path)
	if err != nil {
		return evaluate.Report{}, err
	}
	digest, err := modelfile.Digest(f.Path) // at once: a run that goes on replaces its checkpoint
	if err != nil {
		return evaluate.Report{}, err
	}
	stderr := cmd.ErrOrStderr()
	set, source, err := f.LoadData(cmd.Context(), stderr, o.data, o.data != "" || cmd.Flags().Changed("data"))
	if err != nil {
		return evaluate.Report{}, err
	}
	o.data = source // of the others too
	if err := agreeOnData(o.group, set); err != nil {
		return evaluate.Report{}, err
	}
	if err := f.Complete(cmd.Context(), stderr, engine); err != nil {
		return evaluate.Report{}, err
	}
	e := evaluate.Evaluation{Model: f, Digest: digest, Source: source, Set: set, Samples: o.samples, Seed: o.seed, Group: o.group, Engine: engine, Progress: stderr}
	if len(before) > 0 {
		e.First = &before[0]
	}
	report, err := e.Report(cmd.Context())
	if err != nil || !o.save || !together.Writes(o.group) {
		return report, err
	}
	return report, atomicfile.Write(keptReport(f), func(w io.Writer) error { return cli.WriteJSON(w, report) })
}
