package program

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/frame"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/internal/folderlock"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// training is a run with words about it.
type training struct {
	*run.Run
	task           task.Task
	group          model.Group
	engine         *kernels.Engine
	stdout, stderr io.Writer
}

// restore says that there is nothing to do.
func (t training) restore(ctx context.Context) error {
	if err := t.RestoreSamples(ctx); err != nil {
		return err
	}
	if early := t.stopped(); early != "" {
		fmt.Fprintf(t.stdout, "%s is complete: %s\n", t.Dir, early)
	} else {
		fmt.Fprintf(t.stdout, "%s is complete with its %s; --epochs with a higher number would continue it\n", t.Dir, cli.Count(t.epochs(), "epoch", "epochs"))
	}
	t.summary()
	return nil
}

// complete trains to the end and writes the results.
func (t training) complete(ctx context.Context) error {
	fmt.Fprintf(t.stdout, "%s: %s on %d images of %s, %s; %s, %s\n", t.Dir, settings.Sizes(t.Trainer.Sizes()),
		t.Images, cli.Plain(t.Notes[modelfile.NoteData]), cli.Count(t.epochs(), "epoch", "epochs"), together.Ranks(t.group)+t.engine.ISA().String(), cli.Count(t.engine.Threads(), "thread", "threads"))
	if t.Memory != "" && !data.Named(t.Source) {
		fmt.Fprintf(t.stdout, "memory: %s\n", t.Memory)
	}
	if len(t.Reasons) > 0 {
		from := "the data"
		if data.Named(t.Source) || t.task.Fit == nil {
			from = "others"
		}
		fmt.Fprintf(t.stdout, "settings that follow from %s, each with its flag:\n", from)
		for _, r := range t.Reasons {
			fmt.Fprintf(t.stdout, "  --%s=%s: %s\n", r.Name, r.Value, r.Why)
		}
	}
	if epoch, step := t.Trainer.Position(); epoch > 0 || step > 0 {
		fmt.Fprintf(t.stdout, "continuing after %s\n", t.Position())
	}
	bar := cli.NewBar(t.stderr, "", "images", int64(t.Left()))
	_, batch := t.Trainer.Settings().Schedule()
	t.Observe(&run.Warner{Out: clearing{bar, t.stdout}, Batch: *batch})
	t.Observe(run.Terminal{Out: t.stdout, Bar: bar})
	if t.engine.ISA() == kernels.Generic {
		t.Observe(&run.Forecast{Out: clearing{bar, t.stdout}, Left: t.Left()})
	}
	view := run.NewView(t.Run)
	t.Observe(view)
	err := t.Train(ctx)
	if err == nil && t.Early {
		bar.Clear()
		fmt.Fprintf(t.stdout, "finishing after %s, as somebody asked\n", t.Position())
	}
	if early := t.stopped(); err == nil && early != "" {
		bar.Clear()
		fmt.Fprintln(t.stdout, early)
	}
	if err == nil {
		err = t.Finish(ctx)
	}
	bar.Clear()
	then, err := t.explain(err)
	if err != nil {
		view.End(frame.Stopped, err.Error(), then)
	} else {
		view.End(frame.Finished, "", "")
		t.summary()
	}
	if then != "" {
		err = fmt.Errorf("%w; %s %s", err, then, t.Dir.Resume())
	}
	if view.Err != nil && !errors.As(err, new(*folderlock.LostError)) {
		fmt.Fprintf(t.stderr, "targetprop: note: what there is to see could not all be written: %v\n", view.Err)
	}
	return err
}

// stopped says that the training ended before its last epoch by itself, if it did.
func (t training) stopped() string {
	if s, ok := t.Trainer.(interface{ Early() string }); ok {
		return s.Early()
	}
	return ""
}

// explain words an error of the training, and what comes before the command that continues it, if one does.
func (t training) explain(err error) (then string, why error) {
	var lost *folderlock.LostError
	switch {
	case err == nil:
		return "", nil
	case errors.As(err, &lost):
		return "", fmt.Errorf("%w; if it was moved, its last checkpoint is there, and continues with %s", lost, run.Dir("FOLDER").Resume())
	case errors.Is(err, context.Canceled):
		return "continue with", fmt.Errorf("interrupted and saved after %s", t.Position())
	case errors.Is(err, model.ErrDiverged):
		return "", t.diverged(err)
	}
	found := func(path string) bool {
		info, err := os.Stat(path)
		return err == nil && info.Mode().IsRegular()
	}
	if !found(t.Dir.Checkpoint()) && !found(t.Dir.Previous()) {
		return "", err // somebody has removed them
	}
	return "when that is mended, continue with", fmt.Errorf("%w; the last checkpoint is whole", err)
}

// clearing writes lines where the bar is.
type clearing struct {
	bar *cli.Bar
	w   io.Writer
}

func (c clearing) Write(line []byte) (int, error) {
	c.bar.Clear()
	return c.w.Write(line)
}

// summary says where things are and what can be done with them.
func (t training) summary() {
	if t.Early {
		fmt.Fprintf(t.stdout, "\nThe training can go on:\n  %s\n", t.Dir.Resume())
	}
	fmt.Fprintf(t.stdout, "\nmodel    %s\n", t.Dir.Model())
	if _, ok := t.Trainer.(task.Sampler); ok {
		fmt.Fprintf(t.stdout, "samples  %s\n", t.Dir.Samples())
	}
	if _, err := os.Stat(t.Dir.Log()); err == nil { // of a finished run it may have been removed
		fmt.Fprintf(t.stdout, "log      %s\n", t.Dir.Log())
	}
	for _, line := range t.Trainer.Results() {
		fmt.Fprintln(t.stdout, line)
	}
	classify := cli.CommandLine("classify", "--model", t.Dir.Model(), "--data", t.Source, "--mistakes", "mistakes.png")
	switch t.task.Name {
	case task.Generate.Name:
		fmt.Fprintf(t.stdout, "\nMore samples, and a measure of them:\n  %s\n  %s\n",
			cli.CommandLine("sample", "--model", t.Dir.Model(), "--n", "400", "--out", "more.png"),
			cli.CommandLine("eval", "--model", t.Dir.Model(), "--data", t.Source))
	case task.Label.Name:
		fmt.Fprintf(t.stdout, "\nSamples of a class, and the worst mistakes:\n  %s\n  %s\n",
			cli.CommandLine("sample", "--model", t.Dir.Model(), "--class", "1", "--out", "ones.png"), classify)
	default:
		fmt.Fprintf(t.stdout, "\nThe worst mistakes:\n  %s\n", classify)
	}
}

func (t training) epochs() int {
	epochs, _ := t.Trainer.Settings().Schedule()
	return *epochs
}

func (t training) diverged(err error) error {
	epoch, _ := t.Trainer.Position()
	epoch = min(epoch, t.epochs()-1) // the last one's end can bring it to light
	cause, advice := settings.Blame(t.Trainer.Settings(), err)
	return fmt.Errorf("training diverged in epoch %d: %s; try %s with --overwrite", epoch+1, cause, advice)
}
