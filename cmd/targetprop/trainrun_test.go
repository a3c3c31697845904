package main

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/model"
)

// TestAtEpoch: the hook comes before the log and the checkpoint, so that a
// process killed in between repeats the epoch, and takes no time of training.
func TestAtEpoch(t *testing.T) {
	engine, err := newEngine(1)
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	o := trainOptions{data: tinyData(t), out: filepath.Join(t.TempDir(), "run"), every: time.Hour}
	cmd := &cobra.Command{}
	cmd.SetContext(t.Context())
	cmd.SetOut(t.Output())
	cmd.Flags().AddFlagSet(o.mainFlags())
	if err := cmd.ParseFlags([]string{"--layers", "4", "--epochs", "2", "--batch", "50"}); err != nil {
		t.Fatal(err)
	}
	r, err := o.start(cmd, engine)
	if err != nil {
		t.Fatal(err)
	}
	var epochs []int
	r.atEpoch = func(_ context.Context, epoch int) error {
		epochs = append(epochs, epoch)
		c, err := model.LoadCheckpoint(r.dir.checkpoint())
		if err != nil {
			return err
		}
		if saved, err := c.Resume(images{r.set.Train}, engine); err != nil {
			return err
		} else if before, _ := saved.Position(); before != max(0, epoch-1) {
			t.Errorf("after epoch %d the checkpoint is already that of epoch %d", epoch, before)
		}
		if len(r.log.rows) != max(0, epoch-1) {
			t.Errorf("after epoch %d the log has %d already", epoch, len(r.log.rows))
		}
		return nil
	}
	if err := r.train(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(epochs, []int{0, 1, 2}) {
		t.Errorf("called after epochs %v", epochs)
	}

	const pause = 200 * time.Millisecond
	r.atEpoch = func(context.Context, int) error { time.Sleep(pause); return nil }
	before := r.epochTime()
	if err := r.reachEpoch(t.Context()); err != nil {
		t.Fatal(err)
	}
	if took := r.epochTime() - before; took >= pause {
		t.Errorf("%v of the hook were counted as training", took)
	}
}
