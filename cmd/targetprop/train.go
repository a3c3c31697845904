package main

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

func init() { register(newTrain) }

// trainOptions are the flags of train.
type trainOptions struct {
	settings
	data, out         string
	threads           int
	resume, overwrite bool
	every             time.Duration // between checkpoints
}

func newTrain() *cobra.Command {
	o := trainOptions{settings: defaultsFor(defaultData)}
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
	addData(f, &o.data, defaultData)
	f.AddFlagSet(o.mainFlags())
	addThreads(f, &o.threads)
	f.StringVar(&o.out, "out", "", "`folder` of the run (default runs/ and the name of the data)")
	f.BoolVar(&o.resume, "resume", false, "continue the run in the folder")
	f.BoolVar(&o.overwrite, "overwrite", false, "replace the run in the folder")
	advanced := o.advancedFlags()
	advanced.DurationVar(&o.every, "checkpoint-every", 30*time.Second, "`time` between checkpoints; there is one at each epoch as well")
	inGroup(cmd, "Advanced flags", advanced)
	completeFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("out", completeFolders)
	cmd.RunE = action(o.run)
	return cmd
}

func (o *trainOptions) run(cmd *cobra.Command) error {
	switch {
	case o.resume && o.overwrite:
		return usagef("--resume and --overwrite exclude each other")
	case o.every < 0:
		return usagef("--checkpoint-every %v: want 0 or more", o.every)
	case cmd.Flags().Changed("out") && o.out == "":
		return usagef(`--out "": want a folder`)
	}
	engine, err := newEngine(o.threads)
	if err != nil {
		return err
	}
	defer engine.Close()
	begin := o.start
	if o.resume {
		begin = o.continueRun
	}
	r, err := begin(cmd, engine)
	if err != nil {
		return err
	}
	if f, ok := r.finished(); ok {
		return r.reportFinished(cmd.Context(), f)
	}
	return r.complete(cmd.Context())
}

// runDir is the folder that the flags mean.
func (o *trainOptions) runDir() runDir {
	if o.out != "" {
		return runDir(o.out)
	}
	return defaultRunDir(o.data)
}

// start begins a run. Everything that can be wrong comes to light before
// anything is written, and then the first checkpoint shows that writing works.
func (o *trainOptions) start(cmd *cobra.Command, engine *kernels.Engine) (*trainRun, error) {
	s := defaultsFor(o.data)
	if _, err := s.override(cmd.Flags()); err != nil {
		return nil, usageError{err}
	}
	if err := s.validate(); err != nil {
		return nil, err
	}
	r := &trainRun{dir: o.runDir(), source: o.data, engine: engine, every: o.every, stdout: cmd.OutOrStdout(), stderr: cmd.ErrOrStderr()}
	var err error
	if o.overwrite {
		_, err = r.dir.present()
	} else {
		err = r.dir.refuseIfUsed()
	}
	if err != nil {
		return nil, err
	}
	if r.set, err = loadData(cmd.Context(), r.stderr, o.data); err != nil {
		return nil, err
	}
	config := s.config(r.set.Train.Dim())
	if err := config.Validate(); err != nil {
		return nil, usageError{err}
	}
	network, err := model.New(config, s.training.Seed, engine)
	if err != nil {
		return nil, err
	}
	if r.trainer, err = model.NewTrainer(network, images{r.set.Train}, s.training, engine); err != nil {
		return nil, err
	}
	r.notes = modelNotes(o.data, r.set)
	r.log = newEpochLog(r.dir.log(), len(network.Maps()))
	if err := os.MkdirAll(string(r.dir), 0o777); err != nil {
		return nil, fmt.Errorf("the folder of the run: %w", err)
	}
	if err := r.save(); err != nil {
		return nil, err
	}
	atomicfile.RemoveLeftovers(string(r.dir))
	return r, r.dir.removeResults()
}
