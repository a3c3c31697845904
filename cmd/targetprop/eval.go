package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/model"
)

func init() { register(newEval) }

// evalOptions are the flags of eval.
type evalOptions struct {
	model, data      string
	samples, threads int
	seed             uint64
	json             bool
}

func newEval() *cobra.Command {
	o := evalOptions{}
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
	addModel(f, &o.model)
	addData(f, &o.data, "")
	f.Lookup("data").Usage += " (default: the named set that the model was trained on)"
	f.IntVar(&o.samples, "samples", 10000, "`number` of samples")
	f.Uint64Var(&o.seed, "seed", 1, "`seed` of all random numbers")
	f.BoolVar(&o.json, "json", false, "write JSON")
	addThreads(f, &o.threads)
	completeFlags(cmd)
	cmd.RunE = action(o.run)
	return cmd
}

func (o *evalOptions) run(cmd *cobra.Command) error {
	if o.samples < 1 {
		return usagef("--samples %d: want 1 or more", o.samples)
	}
	engine, err := newEngine(o.threads)
	if err != nil {
		return err
	}
	defer engine.Close()
	f, err := loadModel(o.model)
	if err != nil {
		return err
	}
	if err := checkAmount("--samples", o.samples, f.Network.Config.Sizes[0]); err != nil {
		return err
	}
	if err := o.chooseData(f, cmd.Flags().Changed("data")); err != nil {
		return err
	}
	e := evaluation{engine: engine, network: f.Network, options: *o, stderr: cmd.ErrOrStderr()}
	if e.set, err = loadData(cmd.Context(), e.stderr, o.data); err != nil {
		return err
	}
	if err := e.checkData(); err != nil {
		return err
	}
	if f.Notes[noteDigest] != digest(e.set.Train) {
		fmt.Fprintf(e.stderr, "targetprop: note: the model was trained on other images (%s) than those of %s\n", f.Notes[noteData], o.data)
	}
	report, err := e.report(cmd.Context())
	if err != nil {
		return err
	}
	if o.json {
		return report.writeJSON(cmd.OutOrStdout())
	}
	report.writeTable(cmd.OutOrStdout())
	return nil
}

// chooseData takes the set that the model was trained on, if none is named.
func (o *evalOptions) chooseData(f model.File, given bool) error {
	if given {
		return nil
	}
	o.data = f.Notes[noteData]
	if !slices.Contains(namedData, o.data) {
		return usagef("no data named: the model was trained on a folder (%s); say where it is with --data", o.data)
	}
	return nil
}
