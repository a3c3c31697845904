package program

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/cmd/internal/watch"
	"github.com/targetprop/targetprop/model"
)

// trainOptions are the flags of train.
type trainOptions struct {
	group model.Group // that the command runs in, or nil

	task, data, out   string
	reading           data.Reading
	threads           int
	resume, overwrite bool
	json              bool
	watch             string        // address of the page, or ""
	every             time.Duration // between checkpoints
}

func newTrain(g model.Group) *cobra.Command {
	o := trainOptions{group: g}
	cmd := &cobra.Command{
		Use:   "train",
		Short: "Train a model: to generate, to classify, or from rewards",
		Long: `Trains a model on a set of images, for one of these tasks (--task):
  generate  a generative model of the images: TRAIN of Algorithm 2
  label     the same of images and labels, which it learns together: it
            classifies, and draws images of a chosen class
  classify  a classifier, whose layers learn by a rule of credit assignment
  reward    the same, but it chooses a class and is told only if it was right

Rules (--rule): backprop, back-propagation as the yardstick; fa, feedback
alignment; dfa, direct feedback; dtp, difference target propagation.

--early-stop N ends the training when N epochs were no better on the validation
images, by the error of their reconstruction or, with labels, by the accuracy;
the model gets the best epoch's parameters. Each --optimizer has a --lr of its
own.

Between two layers lie a map up, f, and a map down, g. In the log f1 is the loss
of the map from the pixels up to the layer h1, g1 of that from h1 down to the
pixels, f2 from h1 to h2, g2 from h2 to h1: squared errors on corrupted inputs,
summed over units. docs/model.md has more, and the tensors of a model's file.

The folder of the run (--out) gets
  model.safetensors       weights, priors and configuration
  samples.png             images that the model made up: generate and label
  reconstructions.png     images it was not trained on, and its versions of them
  curves.png              the log as curves
  frames                  what targetprop watch shows
  log.csv                 losses and speed, a row for each epoch, with the
                          accuracy on the validation images if there are labels,
                          or the error of their reconstruction with --early-stop
  checkpoint.safetensors  from which --resume continues bit for bit
  checkpoint.previous.safetensors
                          the one before, which serves if that is damaged
Pictures and frames are written anew after the first epoch and the last, and
after each as far as that takes a hundredth of the time. The test images serve
once, after the last epoch.

targetprop finish has a run make its model now.

Ctrl-C, SIGTERM, a terminal that is closed and an output that nobody reads any
more let it finish the minibatch, save, say how to continue, and exit with
status 1; a second Ctrl-C ends at once. A run that is killed loses the work
since its last checkpoint, about half a minute's at most; so does one that
Ctrl-\ (SIGQUIT) ends, which prints what each thread did, for who looks for a
fault. Two processes do not work in one folder: the second is told who is
there. The same settings and seed give the same model, byte for byte, with any
number of threads, any instruction set and any interruptions.

With --resume task and settings come from the checkpoint; --epochs may be
raised, also after the run is complete.

` + defaults(),
		Example: `  targetprop train
  targetprop train --data mnist --epochs 10 --watch
  targetprop train --data path/to/folder --layers 500,200,50 --out runs/deep
  targetprop train --task classify --rule fa
  targetprop train --task reward --policy softmax --out runs/reward
  targetprop train --task label --data mnist
  targetprop train --out runs/deep --resume
  targetprop train --out runs/deep --resume --epochs 40`,
	}
	f := cmd.Flags()
	f.StringVar(&o.task, "task", task.Generate.Name, "`task`: generate, label, classify or reward")
	addData(f, &o.data, data.Default)
	o.reading.AddFlags(f)
	all := task.Settings(data.Default)
	f.AddFlagSet(all[0].MainFlags())
	f.Lookup("layers").Usage = "`sizes` of the layers between the images and the top, from the bottom up"
	addThreads(f, &o.threads)
	f.StringVar(&o.out, "out", "", "`folder` of the run (default runs/, the name of the data and, but for generate, the task)")
	f.BoolVar(&o.resume, "resume", false, "continue the run in the folder")
	f.BoolVar(&o.overwrite, "overwrite", false, "replace the run in the folder")
	f.BoolVar(&o.json, "json", false, "write JSON: a line for each epoch, and one at the end; what else there is to say goes to the standard error")
	f.StringVar(&o.watch, "watch", "", "serve a page that shows the run, on `address` if that is given (see targetprop watch)")
	f.Lookup("watch").NoOptDefVal = watch.DefaultAddress
	cli.InGroup(cmd, "Flags of classify and reward", lacking(f, all[2].MainFlags()))
	cli.InGroup(cmd, "Flags of reward", lacking(f, all[3].MainFlags()))
	advanced := all[0].AdvancedFlags()
	advanced.DurationVar(&o.every, "checkpoint-every", run.DefaultEvery, "`time` between checkpoints; there is one at each epoch as well")
	cli.InGroup(cmd, "Advanced flags", advanced)
	cli.InGroup(cmd, "Advanced flags of label", lacking(f, all[1].AdvancedFlags()))
	cli.InGroup(cmd, "Advanced flags of classify and reward", lacking(f, all[2].AdvancedFlags()))
	completeFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("out", cli.CompleteFolders)
	cli.OnInterrupt(cmd, "finishing the minibatch and saving")
	cmd.RunE = cli.Action(o.do)
	return cmd
}

// lacking are the flags that known has not.
func lacking(known, flags *pflag.FlagSet) *pflag.FlagSet {
	more := pflag.NewFlagSet("", pflag.ContinueOnError)
	more.SortFlags = false
	flags.VisitAll(func(f *pflag.Flag) {
		if known.Lookup(f.Name) == nil {
			more.AddFlag(f)
		}
	})
	return more
}

// defaults is a table of the settings whose defaults depend on the task. Those that
// the help of the flags shows are of the first.
func defaults() string {
	var b strings.Builder
	all := task.Settings(data.Default)
	b.WriteString("Defaults on the built-in digits, where the task decides them:\n  ")
	names := task.Names()
	fmt.Fprintf(&b, "%-13s", "")
	for _, name := range names {
		fmt.Fprintf(&b, " %10s", name)
	}
	settings.Flags(all[0]).VisitAll(func(f *pflag.Flag) {
		row, differ := fmt.Sprintf("\n  --%-11s", f.Name), false
		for _, s := range all {
			text := "-"
			if own := settings.Flags(s).Lookup(f.Name); own != nil {
				text = own.Value.String()
				differ = differ || text != f.Value.String()
			}
			row += fmt.Sprintf(" %10s", text)
		}
		if differ {
			b.WriteString(row)
		}
	})
	b.WriteString("\nWith mnist, generate has the authors' settings: 20 epochs at a rate of 1e-05.\nOn a folder or a file, its settings follow from the data, and are printed with\ntheir reasons; see docs/data.md.")
	return b.String()
}

func (o *trainOptions) do(cmd *cobra.Command) (err error) {
	flags := cmd.Flags()
	kind, err := task.Parse(o.task)
	switch {
	case err != nil:
		return err
	case o.resume && o.overwrite:
		return cli.Usagef("--resume and --overwrite exclude each other")
	case o.reading.Validate() != nil:
		return o.reading.Validate()
	case flags.Changed("cooling") && flags.Changed("schedule"):
		return cli.Usagef("--cooling and --schedule say the same: --cooling=false is --schedule constant; leave one of them out")
	case o.every < 0:
		return cli.Usagef("--checkpoint-every %v: want 0 or more", o.every)
	case flags.Changed("out") && o.out == "":
		return cli.Usagef(`--out "": want a folder`)
	}
	var page net.Listener // taken before anything is written
	if o.watch != "" && together.Writes(o.group) {
		if page, err = watch.Listen(o.watch); err != nil {
			return cli.Usagef("--watch=%s: %w", o.watch, err)
		}
		defer page.Close()
	}
	engine, err := cli.NewEngine(o.threads)
	if err != nil {
		return err
	}
	abandoned := false
	defer func() {
		if !abandoned { // or it is at work still
			engine.Close()
		}
	}()
	options := run.Options{
		Dir: run.Dir(o.out), Task: kind, Data: o.data, DataGiven: flags.Changed("data"), Reading: o.reading,
		Given:     settings.GivenBy(flags, task.Settings(o.data)...),
		Overwrite: o.overwrite, Every: o.every, Group: o.group, Engine: engine, Download: cmd.ErrOrStderr(),
	}
	begin := run.Start
	if o.resume {
		begin = run.Resume
		if options.Dir != "" {
			options.Task = options.Dir.Task()
			if flags.Changed("task") && options.Task.Name != kind.Name {
				return cli.Usagef("--task %s: the run in %s is of --task %s; leave the flag out, or start another run with --out", kind.Name, options.Dir, options.Task.Name)
			}
		}
	}
	r, err := begin(cmd.Context(), options)
	if err != nil {
		abandoned = errors.Is(err, run.ErrAbandoned)
		return err
	}
	defer r.Close()
	t := training{r, options.Task, o.group, engine, cmd.OutOrStdout(), cmd.ErrOrStderr()}
	if o.json {
		t.stdout = t.stderr
		r.Observe(run.JSONLines{Out: cmd.OutOrStdout()})
		defer func() {
			if err == nil {
				err = run.WriteResult(cmd.OutOrStdout(), r)
			}
		}()
	}
	finished, err := r.Finished()
	switch {
	case err != nil:
		return err
	case finished:
		return t.restore(cmd.Context())
	}
	if page != nil {
		stop, err := t.serve(cmd.Context(), page)
		if err != nil {
			return err
		}
		defer stop()
	}
	return t.complete(cmd.Context())
}
