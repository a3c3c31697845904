package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/measure"
)

// seedRun is the training of one of reproduce's networks: a run as those of
// train, and beside it how targetprop agreed with the gradient after each epoch.
type seedRun struct {
	seed    uint64
	dir     runDir
	watched bool // whether targetprop is compared with the gradient

	agreement []epochAgreement
	network   *model.Network // once it is trained
	digest    string         // of the model's file, once it is trained
	seconds   float64        // of training, as in its log
	kept      bool           // from an earlier run
}

// newSeedRun finds the folder of the training with the seed. Its name has the
// settings in it, so that other settings are another training.
func (r *reproduction) newSeedRun(seed uint64) (*seedRun, error) {
	s := r.options.settings
	s.training.Seed = seed
	what, err := json.Marshal(struct {
		Layers   []int
		Training model.Training
		Data     string
	}{s.layers, s.training, r.digest})
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(what)
	run := &seedRun{
		seed:    seed,
		dir:     runDir(filepath.Join(r.options.out, "train", fmt.Sprintf("seed%d-%s", seed, hex.EncodeToString(sum[:4])))),
		watched: len(r.seeds) == 0,
	}
	return run, run.look(r)
}

// look takes the network from the folder if it is trained.
func (s *seedRun) look(r *reproduction) error {
	content, err := os.ReadFile(s.dir.model())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	f, err := model.Load(s.dir.model())
	if err != nil {
		return err
	}
	if s.watched {
		s.readAgreement(r.options.training.Epochs)
		if len(s.agreement) <= r.options.training.Epochs {
			return nil // train again: nobody looked on
		}
	}
	sum := sha256.Sum256(content)
	s.network, s.digest, s.kept = f.Network, hex.EncodeToString(sum[:]), true
	s.seconds = trainingSeconds(s.dir, len(f.Network.Maps()))
	return nil
}

// work is what is left to do, in images.
func (s *seedRun) work(r *reproduction) int {
	if s.network != nil {
		return 0
	}
	perEpoch := r.set.Train.Len()
	if s.watched {
		perEpoch += 2 * r.amounts.agreement
	}
	left := r.options.training.Epochs
	if c, err := model.LoadCheckpoint(s.dir.checkpoint()); err == nil {
		if t, err := c.Resume(images{r.set.Train}, r.engine); err == nil {
			epoch, _ := t.Position()
			left -= epoch
		}
	}
	return left*perEpoch + r.set.Train.Len() // the prior
}

// train trains the network, or takes up a training that was interrupted.
func (r *reproduction) train(ctx context.Context, s *seedRun) error {
	r.bar.clear()
	if s.network != nil {
		fmt.Fprintf(r.stdout, "%s: trained before\n", s.dir)
		return nil
	}
	run, err := r.trainRun(ctx, s)
	if err != nil {
		return err
	}
	run.bar = r.bar
	if s.watched {
		run.atEpoch = func(ctx context.Context, epoch int) error { return r.watch(ctx, run.trainer.Network, s, epoch) }
	}
	fmt.Fprintf(r.stdout, "%s: %s on %d images of %s, %s; %s\n", s.dir, sizes(run.trainer.Network.Config), r.set.Train.Len(),
		dataName(r.options.data), count(run.trainer.Settings.Epochs, "epoch", "epochs"), r.machine())
	began := s.work(r)
	if err := run.train(ctx); err != nil {
		return err
	}
	if err := run.finish(ctx); err != nil {
		return err
	}
	r.done += began
	r.bar.set(r.done)
	if err := s.look(r); err != nil {
		return err
	}
	s.kept = false
	return nil
}

// trainRun starts or continues the run in the folder as train does.
func (r *reproduction) trainRun(ctx context.Context, s *seedRun) (*trainRun, error) {
	o := trainOptions{settings: r.options.settings, data: r.options.data, out: string(s.dir), every: 30 * time.Second}
	cmd := &cobra.Command{}
	cmd.SetContext(ctx)
	cmd.SetOut(r.stdout)
	cmd.SetErr(r.stderr)
	flags := o.mainFlags()
	cmd.Flags().AddFlagSet(flags)
	for name, value := range map[string]string{
		"epochs": flags.Lookup("epochs").Value.String(),
		"layers": flags.Lookup("layers").Value.String(),
		"batch":  flags.Lookup("batch").Value.String(),
		"lr":     flags.Lookup("lr").Value.String(),
		"seed":   strconv.FormatUint(s.seed, 10),
	} {
		if err := cmd.Flags().Set(name, value); err != nil {
			return nil, err
		}
	}
	if c, err := model.LoadCheckpoint(s.dir.checkpoint()); err == nil {
		epoch, err := epochOf(c, r)
		if s.watched && err == nil {
			s.readAgreement(epoch)
		}
		// A training that nobody looked on is of no use here.
		if err == nil && (!s.watched || len(s.agreement) > epoch) {
			return o.continueRun(cmd, r.engine)
		}
	}
	o.overwrite = true
	s.agreement = nil
	return o.start(cmd, r.engine)
}

// epochOf is the number of epochs that the checkpoint has behind it.
func epochOf(c model.Checkpoint, r *reproduction) (int, error) {
	t, err := c.Resume(images{r.set.Train}, r.engine)
	if err != nil {
		return 0, err
	}
	epoch, _ := t.Position()
	return epoch, nil
}

// epochAgreement is how targetprop agreed with the gradient after an epoch.
type epochAgreement struct {
	Epoch  int              `json:"epoch"`
	Images int              `json:"images"`
	Layers []layerAgreement `json:"layers"`
}

// layerAgreement is the agreement in a layer.
type layerAgreement struct {
	Layer      int    `json:"layer"`
	Iterations int    `json:"iterations"` // of INFERENCE that led to the states
	Cosine     number `json:"cosine"`
	CosineErr  number `json:"cosine_error"`
	Ratio      number `json:"norm_ratio"` // of the estimate by the gradient
	RatioErr   number `json:"norm_ratio_error"`
}

// watch compares targetprop with the gradient, where INFERENCE starts and where
// it ends, and keeps the result on the disk.
func (r *reproduction) watch(ctx context.Context, n *model.Network, s *seedRun, epoch int) error {
	a := epochAgreement{Epoch: epoch, Images: r.amounts.agreement}
	few := images{r.set.Test.Slice(0, r.amounts.agreement)}
	inference := r.options.training.Inference
	for _, iterations := range []int{0, inference.Iterations} {
		settings := inference
		settings.Iterations = iterations
		layers, err := measure.TargetpropAgreement(ctx, r.engine, n, few, settings, nil)
		if err != nil {
			return err
		}
		for _, l := range layers {
			a.Layers = append(a.Layers, layerAgreement{l.Layer, iterations, number(l.Cosine), number(l.CosineErr), number(l.Ratio), number(l.RatioErr)})
		}
	}
	s.agreement = append(s.agreement[:min(epoch, len(s.agreement))], a)
	text, err := json.Marshal(s.agreement)
	if err != nil {
		return err
	}
	r.bar.add(2 * r.amounts.agreement)
	return writeBytes(s.agreementFile(), text)
}

func (s *seedRun) agreementFile() string { return filepath.Join(string(s.dir), "agreement.json") }

// readAgreement takes what was found after the epochs from 0 to the given one.
// What is missing or damaged was not found.
func (s *seedRun) readAgreement(epoch int) {
	s.agreement = nil
	content, err := os.ReadFile(s.agreementFile())
	var all []epochAgreement
	if err != nil || json.Unmarshal(content, &all) != nil {
		return
	}
	for i, a := range all {
		if a.Epoch != i || i > epoch {
			break
		}
		s.agreement = append(s.agreement, a)
	}
}

// trainingSeconds is the time that a run's log has.
func trainingSeconds(dir runDir, maps int) float64 {
	log := newEpochLog(dir.log(), maps)
	if log.reload(1<<30) != nil {
		return 0
	}
	total := 0.0
	for _, row := range log.rows {
		if s, err := strconv.ParseFloat(row[len(row)-1], 64); err == nil {
			total += s
		}
	}
	return total
}
