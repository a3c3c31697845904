package program

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/cmd/internal/stdpfigure"
	"github.com/targetprop/targetprop/model/stdp"
)

// stdpOptions are the flags of stdp.
type stdpOptions struct {
	settings stdp.Settings
	out      string
	threads  int
}

func newSTDP() *cobra.Command {
	o := stdpOptions{settings: stdp.Default()}
	cmd := &cobra.Command{
		Use:   "stdp",
		Short: "Simulate the learning rule as spike-timing dependent plasticity",
		Long: `Simulates the rule of Section 2, "presynaptic spike times the rate of change of
the postsynaptic potential", and draws the mean weight change against the
difference of spike times (Figure 1), with error bars, and beside it the closed
form for ramps without noise. Writes a picture and, beside it, a CSV file.

The paper does not give its neuron model; this is ours. The presynaptic spike
comes at time 0. Around it the postsynaptic potential is a ramp with noise,
  V(t) = V0 + slope*t + noise*B(t),
with B a Brownian motion, V0 uniform from --v-low to --v-high and the slope
uniform from -SLOPE to SLOPE. The postsynaptic spike is where V passes the
threshold, nearest to time 0; pairs further apart than --window do not count.
The weight changes by (V(step) - V(-step)) / (2*step).

Results depend on the seed and not on the number of threads.`,
		Example: `  targetprop stdp
  targetprop stdp --noise 0 --out ramps.png
  targetprop stdp --trials 1000000 --bins 50 --slope 4 --seed 7
  targetprop stdp reward                # the rule with a third factor`,
	}
	f, s := cmd.Flags(), &o.settings
	f.StringVar(&o.out, "out", "stdp.png", "`file` of the picture, with the ending .png; replaced if it exists. So is the CSV file of its name and .csv, if it is of this command")
	f.IntVar(&s.Trials, "trials", s.Trials, "`number` of presynaptic spikes")
	f.Uint64Var(&s.Seed, "seed", s.Seed, "`seed` of all random numbers")
	f.Float64Var(&s.Threshold, "threshold", s.Threshold, "`potential` at which the neuron fires, in mV")
	f.Float64Var(&s.VLow, "v-low", s.VLow, "lowest `potential` at the presynaptic spike, in mV")
	f.Float64Var(&s.VHigh, "v-high", s.VHigh, "highest `potential` at the presynaptic spike, in mV")
	f.Float64Var(&s.Slope, "slope", s.Slope, "`slope` of the steepest ramps, up or down, in mV/ms")
	f.Float64Var(&s.Noise, "noise", s.Noise, "standard `deviation` of the potential after 1 ms, in mV")
	f.Float64Var(&s.Step, "step", s.Step, "`time` step, and half the length of the presynaptic spike, in ms")
	f.Float64Var(&s.Window, "window", s.Window, "largest `difference` of spike times, in ms")
	f.IntVar(&s.Bins, "bins", s.Bins, "`number` of bins on each side of 0")
	addJSON(cmd)
	addThreads(f, &o.threads)
	_ = cmd.RegisterFlagCompletionFunc("out", cli.CompleteExtensions("png"))
	cmd.RunE = cli.Action(o.do)
	cmd.AddCommand(newSTDPReward())
	return cmd
}

func (o *stdpOptions) do(cmd *cobra.Command) error {
	if err := o.settings.Validate(); err != nil {
		return cli.Usagef("%s", strings.TrimPrefix(err.Error(), "stdp: "))
	}
	if err := picture.CheckPNGName(o.out); err != nil {
		return err
	}
	engine, err := cli.NewEngine(o.threads)
	if err != nil {
		return err
	}
	defer engine.Close()
	if err := checkFigure(cmd.Context(), o.out, stdpfigure.Columns); err != nil {
		return err
	}
	b := cli.NewBar(cmd.ErrOrStderr(), "simulating", "trials", int64(o.settings.Trials))
	r, err := stdp.Simulate(cmd.Context(), engine, o.settings, b.Set)
	b.Clear()
	if err != nil {
		return err
	}
	content, err := stdpfigure.Draw(r)
	if err != nil {
		return err
	}
	numbers, err := stdpfigure.CSV(r)
	if err != nil {
		return err
	}
	return writeFigure(cmd, o.out, content, numbers, stdpfigure.Caption(r))
}
