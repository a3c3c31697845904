package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func init() { register(newReproduce) }

// reproduceOptions are the flags of reproduce.
type reproduceOptions struct {
	settings                // of the training, with the first seed
	data, out        string //
	only             []string
	seeds, samples   int
	threads          int
	chosen           []string // flags and values that are not the defaults, but for --only and --out
	short, fullMNIST bool
}

// The parts of the report that --only knows.
const (
	groupFigure1    = "figure1"
	groupFigure3    = "figure3"
	groupFigure4    = "figure4"
	groupFigure5    = "figure5"
	groupAgreement  = "agreement"
	groupChains     = "chains"
	groupTable      = "table"
	groupClassifier = "classifier"
	groupAlgorithm1 = "algorithm1"
)

var groups = []string{groupFigure1, groupFigure3, groupFigure4, groupFigure5, groupAgreement, groupChains, groupTable, groupClassifier, groupAlgorithm1}

// maxSeeds keeps a mistyped number from training for years.
const maxSeeds = 1000

func newReproduce() *cobra.Command {
	o := reproduceOptions{settings: defaultsFor(defaultData)}
	cmd := &cobra.Command{
		Use:   "reproduce",
		Short: "Make every figure and number of the paper, in one report",
		Long: `Trains the paper's network and makes the paper's figures and numbers with it:
report.html, one page with all pictures inside, and report.md with PNG files.
Each claim of the paper is marked reproduced, not reproduced, or reproduced
under a stated condition, from the figures of this run. The defaults are those
of train, the authors' settings, but for the built-in digits. Theirs is a short
run of about two minutes, with fewer samples.

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

Every part is kept in the folder with its settings. Interrupted and restarted,
reproduce trains on where it was and makes only the parts that are missing. With
--only the report has those parts, and others that earlier runs left.`,
		Example: `  targetprop reproduce
  targetprop reproduce --data mnist --seeds 5
  targetprop reproduce --only figure4,figure5
  targetprop reproduce --data path/to/folder --out paper`,
	}
	f := cmd.Flags()
	addData(f, &o.data, defaultData)
	f.StringVar(&o.out, "out", "", "`folder` of the report (default runs/reproduce- and the name of the data)")
	f.StringSliceVar(&o.only, "only", nil, "`parts` to make, with commas between them (default all)")
	f.IntVar(&o.seeds, "seeds", 1, "`number` of networks to train, with --seed and the seeds after it, for the spread of the log-likelihood")
	f.IntVar(&o.samples, "samples", 0, "`number` of samples in the table, 0 for the published 10000, or 1000 with the digits")
	f.AddFlagSet(o.mainFlags())
	f.Lookup("seed").Usage = "`seed` of all random numbers of the first network and of all parts"
	addThreads(f, &o.threads)
	completeFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("out", completeFolders)
	_ = cmd.RegisterFlagCompletionFunc("only", cobra.FixedCompletions(groups, cobra.ShellCompDirectiveNoFileComp))
	cmd.RunE = action(o.run)
	return cmd
}

// validate checks the flags and sets what follows from them.
func (o *reproduceOptions) validate(cmd *cobra.Command) error {
	for i, name := range o.only {
		o.only[i] = strings.ToLower(strings.TrimSpace(name))
		if !slices.Contains(groups, o.only[i]) {
			return usagef("--only %s: want some of %s", name, strings.Join(groups, ", "))
		}
	}
	switch {
	case cmd.Flags().Changed("only") && len(o.only) == 0:
		return usagef(`--only "": want some of %s`, strings.Join(groups, ", "))
	case cmd.Flags().Changed("out") && o.out == "":
		return usagef(`--out "": want a folder`)
	case o.seeds < 1 || o.seeds > maxSeeds:
		return usagef("--seeds %d: want 1 to %d", o.seeds, maxSeeds)
	case o.samples < 0 || o.samples > 0 && o.samples < minSamples:
		return usagef("--samples %d: want %d or more, or 0", o.samples, minSamples)
	}
	s := defaultsFor(o.data)
	different, err := s.override(cmd.Flags())
	if err != nil {
		return usageError{err}
	}
	if err := s.validate(); err != nil {
		return err
	}
	o.settings = s
	if o.out == "" {
		o.out = defaultReportDir(o.data)
	}
	o.only = slices.DeleteFunc(slices.Clone(groups), func(name string) bool {
		return len(o.only) > 0 && !slices.Contains(o.only, name)
	})
	o.short = o.data == defaultData
	o.chosen = chosenFlags(cmd.Flags(), different)
	return nil
}

// defaultReportDir is where reproduce puts a report.
func defaultReportDir(data string) string {
	return filepath.Join("runs", "reproduce-"+filepath.Base(dataName(data)))
}

// minSamples is the least with which all measures are defined.
const minSamples = 2 * 10

// chosenFlags are the flags that decide what comes out and are not the defaults.
// The names of those among the settings, whose defaults depend on the data, are
// given.
func chosenFlags(flags *pflag.FlagSet, chosen []string) []string {
	for _, name := range []string{"data", "seeds", "samples"} {
		if f := flags.Lookup(name); f.Value.String() != f.DefValue {
			chosen = append(chosen, name)
		}
	}
	var args []string
	for _, name := range []string{"data", "seed", "seeds", "samples", "epochs", "layers", "batch", "lr"} {
		if slices.Contains(chosen, name) {
			args = append(args, "--"+name, flags.Lookup(name).Value.String())
		}
	}
	return args
}

func (o *reproduceOptions) run(cmd *cobra.Command) error {
	if err := o.validate(cmd); err != nil {
		return err
	}
	engine, err := newEngine(o.threads)
	if err != nil {
		return err
	}
	defer engine.Close()
	r := &reproduction{options: *o, engine: engine, cmd: cmd, stdout: cmd.OutOrStdout(), stderr: cmd.ErrOrStderr()}
	if err := r.prepare(); err != nil {
		return err
	}
	if err := r.make(cmd.Context()); err != nil {
		return r.explain(cmd.Context(), err)
	}
	page, text, err := r.write()
	if err != nil {
		return err
	}
	fmt.Fprintf(r.stdout, "\nreport   %s\nMarkdown %s\n", page, text)
	return nil
}
