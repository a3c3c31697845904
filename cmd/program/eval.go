package program

import (
	"github.com/spf13/cobra"
	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/evaluate"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/model"
)

// evalOptions are the flags of eval.
type evalOptions struct {
	group model.Group // that the command runs in, or nil

	model, data      string
	samples, threads int
	seed             uint64
	json             bool
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
good as samples can be, and k-means centres of them, which generate nothing.`,
		Example: `  targetprop eval
  targetprop eval --model runs/mnist/model.safetensors --data mnist
  targetprop eval --samples 1000 --json`,
	}
	f := cmd.Flags()
	addModel(f, &o.model, run.DefaultDir(task.Generate, data.Default))
	addTestData(f, &o.data)
	f.IntVar(&o.samples, "samples", 10000, "`number` of samples")
	f.Uint64Var(&o.seed, "seed", 1, "`seed` of all random numbers")
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
	f, err := loadModel(o.group, o.model)
	if err != nil {
		return err
	}
	if err := data.CheckAmount("--samples", o.samples, f.Network.Config.Sizes[0]); err != nil {
		return err
	}
	stderr := cmd.ErrOrStderr()
	set, source, err := f.LoadData(cmd.Context(), stderr, o.data, cmd.Flags().Changed("data"))
	if err != nil {
		return err
	}
	if err := agreeOnData(o.group, set); err != nil {
		return err
	}
	if err := f.Complete(cmd.Context(), stderr, engine); err != nil {
		return err
	}
	e := evaluate.Evaluation{Model: f, Source: source, Set: set, Samples: o.samples, Seed: o.seed, Group: o.group, Engine: engine, Progress: stderr}
	report, err := e.Report(cmd.Context())
	if err != nil {
		return err
	}
	if o.json {
		return cli.WriteJSON(cmd.OutOrStdout(), report)
	}
	report.WriteTable(cmd.OutOrStdout())
	return nil
}
