package program

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/cmd/internal/rewardfigure"
	"github.com/targetprop/targetprop/model/rstdp"
)

// stdpRewardOptions are the flags of stdp reward.
type stdpRewardOptions struct {
	settings rstdp.Settings
	out      string
	threads  int
}

func newSTDPReward() *cobra.Command {
	o := stdpRewardOptions{settings: rstdp.Default()}
	cmd := &cobra.Command{
		Use:   "reward",
		Short: "Let spiking networks learn from rewards: the third factor",
		Long: `Simulates reward-modulated STDP. A synapse keeps what the rule of stdp would
have done as its eligibility, which fades. Its weight changes at the reward:
  weight += rate * (reward - expected reward) * eligibility.

Inputs fire for one of several patterns. Two output neurons see them. The one
that fires more is the choice. The reward is 1 if that is the pattern's output,
and -1 if not; choices at random earn 0. Draws the mean reward over trials, of
several networks that learn, and of controls that are given the same rewards in
another order. Writes a picture and, beside it, a CSV file.

Results depend on the seed and not on the number of threads.`,
		Example: `  targetprop stdp reward
  targetprop stdp reward --runs 3 --trials 8000 --patterns 8 --out eight.png
  targetprop stdp reward --baseline 0   # the raw reward: how it fails`,
	}
	f, s := cmd.Flags(), &o.settings
	f.StringVar(&o.out, "out", "reward.png", "`file` of the picture, with the ending .png; replaced if it exists. So is the CSV file of its name and .csv, if it is of this command")
	f.IntVar(&s.Runs, "runs", s.Runs, "`number` of networks, each with a seed of its own")
	f.IntVar(&s.Trials, "trials", s.Trials, "`number` of trials of each network, a multiple of --block")
	f.IntVar(&s.Block, "block", s.Block, "`number` of trials that a point of the curve is the mean of")
	f.Uint64Var(&s.Seed, "seed", s.Seed, "`seed` of the first network; each further one takes the next")
	f.IntVar(&s.Patterns, "patterns", s.Patterns, "`number` of patterns")
	f.IntVar(&s.Inputs, "inputs", s.Inputs, "`number` of input neurons")
	f.Float64Var(&s.High, "high", s.High, "`rate` of the inputs of a pattern, in spikes a second")
	f.Float64Var(&s.Low, "low", s.Low, "`rate` of the other inputs, in spikes a second")
	f.Float64Var(&s.Rate, "rate", s.Rate, "learning `rate`, in ms")
	f.Float64Var(&s.Baseline, "baseline", s.Baseline, "`part` by which the expected reward moves to each new one; with 0 it stays 0")
	f.Float64Var(&s.Trace, "trace", s.Trace, "`time` constant of the eligibility, in ms")
	f.Float64Var(&s.Delay, "delay", s.Delay, "`time` from a trial to its reward, in ms")
	f.Float64Var(&s.Slope, "slope", s.Slope, "`slope` of the steepest exploring ramps, in mV/ms")
	f.Float64Var(&s.Noise, "noise", s.Noise, "standard `deviation` of the potential after 1 ms, in mV")
	f.Float64Var(&s.MaxWeight, "max-weight", s.MaxWeight, "largest `weight`, in mV; they begin between 0 and it")
	f.Float64Var(&s.Step, "step", s.Step, "`time` step, and half the length of a presynaptic spike, in ms")
	addJSON(cmd)
	addThreads(f, &o.threads)
	_ = cmd.RegisterFlagCompletionFunc("out", cli.CompleteExtensions("png"))
	cmd.RunE = cli.Action(o.do)
	return cmd
}

func (o *stdpRewardOptions) do(cmd *cobra.Command) error {
	if err := o.settings.Validate(); err != nil {
		return cli.Usagef("%s", strings.TrimPrefix(err.Error(), "rstdp: "))
	}
	if err := picture.CheckPNGName(o.out); err != nil {
		return err
	}
	engine, err := cli.NewEngine(o.threads)
	if err != nil {
		return err
	}
	defer engine.Close()
	if err := checkFigure(cmd.Context(), o.out, rewardfigure.Columns); err != nil {
		return err
	}
	b := cli.NewBar(cmd.ErrOrStderr(), "learning", "trials", int64(o.settings.Trials))
	r, err := rstdp.Simulate(cmd.Context(), engine, o.settings, b.Set)
	b.Clear()
	if err != nil {
		return err
	}
	content, err := rewardfigure.Draw(r)
	if err != nil {
		return err
	}
	numbers, err := rewardfigure.CSV(r)
	if err != nil {
		return err
	}
	return writeFigure(cmd, o.out, content, numbers, rewardfigure.Caption(r))
}
