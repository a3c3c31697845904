package program

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/paper"
	"github.com/targetprop/targetprop/cmd/internal/reproduce"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/model"
)

// reproduceOptions are the flags of reproduce.
type reproduceOptions struct {
	group model.Group // that the command runs in, or nil

	settings         settings.Generate // of the training, with the first seed
	data, model, out string
	json             bool
	only             []string
	seeds, samples   int
	threads          int
}

// maxSeeds keeps a mistyped number from training for years.
const maxSeeds = 1000

func newReproduce(g model.Group) *cobra.Command {
	o := reproduceOptions{group: g, settings: settings.DefaultGenerate(data.Default, nil)}
	cmd := &cobra.Command{
		Use:   "reproduce",
		Short: "Make every figure and number of the paper, in one report",
		Long: `Trains the paper's network and makes the paper's figures and numbers with it:
report.html, one page with all pictures inside, and report.md with PNG files.
Each claim of the paper is marked reproduced, not reproduced, or reproduced
under a stated condition, from the figures of this run. The defaults are those
of train, the authors' settings, but for the built-in digits. Theirs is a short
run of some minutes, with fewer samples.

Parts (--only):
  figure1     spike-timing dependent plasticity
  figure3     samples
  figure4     log p(x,h) over the iterations of inference
  figure5     filling in missing pixels, against two baselines
  agreement   targetprop against the exact gradient, over training
  chains      strips of images that show each sampler at work
  table       Parzen log-likelihood and measures of quality of each sampler
  classifier  accuracy of a linear classifier on each layer
  algorithm1  Algorithm 1, with targetprop and with the exact inner gradient
  labels      labels and rewards: classifiers by each rule of credit assignment,
              the generative model with labels, bandits, cart-pole; it trains
              networks of its own, for each of --seeds

Every part is kept in the folder with its settings. Interrupted and restarted,
reproduce trains on where it was and makes only the parts that are missing. With
--only the report has those parts, and others that earlier runs left.`,
		Example: `  targetprop reproduce
  targetprop reproduce --data mnist --seeds 5
  targetprop reproduce --only figure4,figure5
  targetprop reproduce --model runs/digits
  targetprop reproduce --data path/to/folder --out paper`,
	}
	f := cmd.Flags()
	addData(f, &o.data, data.Default)
	f.StringVar(&o.out, "out", "", "`folder` of the report (default runs/reproduce- and the name of the data)")
	f.StringSliceVar(&o.only, "only", nil, "`parts` to make, with commas between them (default all)")
	f.IntVar(&o.seeds, "seeds", 1, "`number` of networks to train, with --seed and the seeds after it, for the spread of the log-likelihood")
	f.IntVar(&o.samples, "samples", 0, "`number` of samples in the table, 0 for the published 10000, or 1000 with the digits")
	f.StringVar(&o.model, "model", "", "`folder` of a run that train has completed: its model is used, and none is trained")
	f.BoolVar(&o.json, "json", false, "write JSON: the files and the claims; what else there is to say goes to the standard error")
	f.AddFlagSet(o.settings.MainFlags())
	f.Lookup("seed").Usage = "`seed` of all random numbers of the first network and of all parts"
	addThreads(f, &o.threads)
	cli.InGroup(cmd, "Advanced flags of the training", reproducible(o.settings.AdvancedFlags()))
	completeFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("out", cli.CompleteFolders)
	_ = cmd.RegisterFlagCompletionFunc("only", cli.CompleteNames(paper.Names()...))
	cli.OnInterrupt(cmd, "finishing the minibatch and saving")
	cmd.RunE = cli.Action(o.do)
	return cmd
}

// options checks the flags and says what they mean.
func (o *reproduceOptions) options(cmd *cobra.Command) (reproduce.Options, error) {
	flags := cmd.Flags()
	only, err := chosenExperiments(o.group, o.only)
	switch {
	case err != nil:
		return reproduce.Options{}, err
	case flags.Changed("only") && len(o.only) == 0:
		return reproduce.Options{}, cli.Usagef(`--only "": want some of %s`, strings.Join(paper.Names(), ", "))
	case flags.Changed("out") && o.out == "":
		return reproduce.Options{}, cli.Usagef(`--out "": want a folder`)
	case o.seeds < 1 || o.seeds > maxSeeds:
		return reproduce.Options{}, cli.Usagef("--seeds %d: want 1 to %d", o.seeds, maxSeeds)
	case o.samples < 0 || o.samples > 0 && o.samples < reproduce.MinSamples:
		return reproduce.Options{}, cli.Usagef("--samples %d: want %d or more, or 0", o.samples, reproduce.MinSamples)
	}
	var different []string
	s := o.settings
	if o.model != "" {
		if s, o.model, err = settingsOfModel(flags, o.model, o.only, &o.settings); err != nil {
			return reproduce.Options{}, err
		}
		noteLater(cmd, o.group, o.model)
		only = slices.DeleteFunc(only, func(name string) bool { return name == watching })
	} else {
		given := settings.GivenBy(flags, &o.settings)
		s = settings.DefaultGenerate(o.data, given)
		if different, err = settings.Override(&s, given); err != nil {
			return reproduce.Options{}, cli.Usage(err)
		}
	}
	if err := s.Validate(); err != nil {
		return reproduce.Options{}, err
	}
	return reproduce.Options{
		Data: o.data, Model: o.model, Settings: s, Seeds: o.seeds, Samples: o.samples, Only: only, Chosen: chosenFlags(flags, different),
		Group: o.group, Out: cmp.Or(o.out, reproduce.DefaultDir(o.data)), Stdout: o.words(cmd), Stderr: cmd.ErrOrStderr(),
	}, nil
}

// chosenExperiments are the experiments of the names, all that the group can make
// if there are none, in the order of the report.
func chosenExperiments(g model.Group, names []string) ([]string, error) {
	all := paper.Names()
	if len(names) == 0 {
		return slices.DeleteFunc(all, func(name string) bool { return makes(g, name) != nil }), nil
	}
	var wanted []string
	for _, name := range names {
		wanted = append(wanted, strings.ToLower(strings.TrimSpace(name)))
		if !slices.Contains(all, wanted[len(wanted)-1]) {
			return nil, cli.Usagef("--only %s: want some of %s", name, strings.Join(all, ", "))
		}
		if err := makes(g, wanted[len(wanted)-1]); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(all, func(name string) bool { return !slices.Contains(wanted, name) }), nil
}

// makes fails if the group can not make the experiment.
func makes(g model.Group, experiment string) error {
	if !slices.Contains(paper.Alone(), experiment) {
		return nil
	}
	return together.Alone(g, "reproduce --only "+experiment)
}

// chosenFlags are the flags that decide what comes out and are not the defaults.
// The names of those among the settings, whose defaults depend on the data, are
// given.
func chosenFlags(flags *pflag.FlagSet, chosen []string) []string {
	for _, name := range []string{"data", "model", "seeds", "samples"} {
		if f := flags.Lookup(name); f.Value.String() != f.DefValue {
			chosen = append(chosen, name)
		}
	}
	var args []string
	names := []string{"data", "model", "seed", "seeds", "samples", "epochs", "layers", "batch", "lr"}
	for _, name := range chosen {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		if slices.Contains(chosen, name) {
			args = append(args, "--"+name, flags.Lookup(name).Value.String())
		}
	}
	return args
}

// words is where what people read goes.
func (o *reproduceOptions) words(cmd *cobra.Command) io.Writer {
	if o.json {
		return cmd.ErrOrStderr()
	}
	return cmd.OutOrStdout()
}

func (o *reproduceOptions) do(cmd *cobra.Command) error {
	options, err := o.options(cmd)
	if err != nil {
		return err
	}
	for _, name := range paper.Alone() {
		if err := makes(o.group, name); err != nil && len(o.only) == 0 {
			fmt.Fprintf(o.words(cmd), "left out: %v\n", err)
		}
	}
	engine, err := cli.NewEngine(o.threads)
	if err != nil {
		return err
	}
	defer engine.Close()
	options.Engine = engine
	r, err := reproduce.New(cmd.Context(), options)
	if err != nil {
		return err
	}
	defer r.Close()
	if err := r.Make(cmd.Context()); err != nil {
		return err
	}
	page, text, err := r.Write()
	if err != nil {
		return err
	}
	if o.json {
		return cli.WriteJSON(cmd.OutOrStdout(), map[string]any{"report": page, "markdown": text, "claims": r.Claims()})
	}
	fmt.Fprintf(cmd.OutOrStdout(), "\nreport   %s\nMarkdown %s\n", page, text)
	return nil
}
