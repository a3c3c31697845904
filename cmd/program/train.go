package program

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// trainOptions are the flags of train.
type trainOptions struct {
	group model.Group // that the command runs in, or nil

	settings          settings.Settings
	data, out         string
	threads           int
	resume, overwrite bool
	every             time.Duration // between checkpoints
}

func newTrain(g model.Group) *cobra.Command {
	o := trainOptions{group: g, settings: settings.Default(data.Default)}
	cmd := &cobra.Command{
		Use:   "train",
		Short: "Train a model",
		Long: `Trains a model on a set of images: TRAIN of Algorithm 2. The defaults are the
authors' settings, 20 epochs at a rate of 1e-05, but for the built-in digits:
they are few, and take more and longer steps.

The folder of the run (--out) gets
  model.safetensors       weights, prior and configuration
  samples.png             100 images that the model made up
  log.csv                 local losses and speed, a row for each epoch
  checkpoint.safetensors  from which --resume continues bit for bit

Ctrl-C finishes the minibatch, saves, says how to continue, and exits with
status 1; a second Ctrl-C ends at once. A run that is killed loses the work
since its last checkpoint, about half a minute's at most. The same settings and
seed give the same model, byte for byte, with any number of threads, any
instruction set and any interruptions.

With --resume the settings come from the checkpoint; --epochs may be raised,
also after the run is complete.`,
		Example: `  targetprop train
  targetprop train --data mnist --epochs 10
  targetprop train --data path/to/folder --layers 500,200,50 --out runs/deep
  targetprop train --out runs/deep --resume
  targetprop train --out runs/deep --resume --epochs 40`,
	}
	f := cmd.Flags()
	addData(f, &o.data, data.Default)
	f.AddFlagSet(o.settings.MainFlags())
	addThreads(f, &o.threads)
	f.StringVar(&o.out, "out", "", "`folder` of the run (default runs/ and the name of the data)")
	f.BoolVar(&o.resume, "resume", false, "continue the run in the folder")
	f.BoolVar(&o.overwrite, "overwrite", false, "replace the run in the folder")
	advanced := o.settings.AdvancedFlags()
	advanced.DurationVar(&o.every, "checkpoint-every", run.DefaultEvery, "`time` between checkpoints; there is one at each epoch as well")
	cli.InGroup(cmd, "Advanced flags", advanced)
	completeFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("out", cli.CompleteFolders)
	cmd.RunE = cli.Action(o.do)
	return cmd
}

func (o *trainOptions) do(cmd *cobra.Command) error {
	switch {
	case o.resume && o.overwrite:
		return cli.Usagef("--resume and --overwrite exclude each other")
	case o.every < 0:
		return cli.Usagef("--checkpoint-every %v: want 0 or more", o.every)
	case cmd.Flags().Changed("out") && o.out == "":
		return cli.Usagef(`--out "": want a folder`)
	}
	engine, err := cli.NewEngine(o.threads)
	if err != nil {
		return err
	}
	defer engine.Close()
	begin := run.Start
	if o.resume {
		begin = run.Resume
	}
	r, err := begin(cmd.Context(), run.Options{
		Dir: run.Dir(o.out), Data: o.data, DataGiven: cmd.Flags().Changed("data"), Given: settings.GivenBy(cmd.Flags(), o.settings),
		Overwrite: o.overwrite, Every: o.every, Group: o.group, Engine: engine, Download: cmd.ErrOrStderr(),
	})
	if err != nil {
		return err
	}
	t := training{r, engine, cmd.OutOrStdout(), cmd.ErrOrStderr()}
	f, finished, err := r.Finished()
	switch {
	case err != nil:
		return err
	case finished:
		return t.restore(cmd.Context(), f)
	}
	return t.complete(cmd.Context())
}

// training is a run with words about it.
type training struct {
	*run.Run
	engine         *kernels.Engine
	stdout, stderr io.Writer
}

// restore says that there is nothing to do.
func (t training) restore(ctx context.Context, f model.File) error {
	if err := t.RestoreSamples(ctx, f); err != nil {
		return err
	}
	fmt.Fprintf(t.stdout, "%s is complete with its %s; --epochs with a higher number would continue it\n", t.Dir, cli.Count(f.Training.Epochs, "epoch", "epochs"))
	t.summary()
	return nil
}

// complete trains to the end and writes the results.
func (t training) complete(ctx context.Context) error {
	fmt.Fprintf(t.stdout, "%s: %s on %d images of %s, %s; %s, %s\n", t.Dir, settings.Sizes(t.Trainer.Network.Config),
		t.Images.Len(), t.Notes[modelfile.NoteData], cli.Count(t.Trainer.Settings.Epochs, "epoch", "epochs"), together.Ranks(t.Trainer.Network.Group)+t.engine.ISA().String(), cli.Count(t.engine.Threads(), "thread", "threads"))
	if epoch, step := t.Trainer.Position(); epoch > 0 || step > 0 {
		fmt.Fprintf(t.stdout, "continuing after %s\n", t.position())
	}
	bar := cli.NewBar(t.stderr, "", "images", int64(t.Left()))
	t.Observe(run.Terminal{Out: t.stdout, Bar: bar})
	err := t.Train(ctx)
	if err == nil {
		err = t.Finish(ctx)
	}
	bar.Clear()
	switch {
	case err == nil:
		t.summary()
		return nil
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("interrupted and saved after %s; continue with %s", t.position(), t.resumeLine())
	case errors.Is(err, model.ErrDiverged):
		return t.diverged()
	}
	return fmt.Errorf("%w; the last checkpoint is whole: when that is mended, continue with %s", err, t.resumeLine())
}

// summary says where things are and what can be done with them.
func (t training) summary() {
	fmt.Fprintf(t.stdout, "\nmodel    %s\nsamples  %s\nlog      %s\n", t.Dir.Model(), t.Dir.Samples(), t.Dir.Log())
	fmt.Fprintf(t.stdout, "\nMore samples, and a measure of them:\n  %s\n  %s\n",
		cli.CommandLine("sample", "--model", t.Dir.Model(), "--n", "400", "--out", "more.png"),
		cli.CommandLine("eval", "--model", t.Dir.Model(), "--data", t.Source))
}

func (t training) position() string {
	epoch, step := t.Trainer.Position()
	return cli.Count(epoch, "epoch", "epochs") + " and " + cli.Count(step, "minibatch", "minibatches")
}

func (t training) resumeLine() string {
	return cli.CommandLine("train", "--out", string(t.Dir), "--resume")
}

func (t training) diverged() error {
	epoch, _ := t.Trainer.Position()
	epoch = min(epoch, t.Trainer.Settings.Epochs-1) // the last one's end can bring it to light
	rate := t.Trainer.Settings.Optimizer.Rate
	return fmt.Errorf("training diverged in epoch %d: the learning rate %v is too high for these settings; try --lr %.1g with --overwrite", epoch+1, rate, rate/10)
}
