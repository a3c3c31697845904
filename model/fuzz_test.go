package model

import (
	"encoding/json"
	"testing"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/best"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// FuzzConfiguration: whatever the metadata of a checkpoint say, it is refused or it
// resumes and trains. make fuzz runs it for long.
func FuzzConfiguration(f *testing.F) {
	e, err := kernels.New(kernels.WithThreads(1))
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(e.Close)
	n, err := New(DefaultConfig(3, 2), 1, e)
	if err != nil {
		f.Fatal(err)
	}
	settings := DefaultTraining()
	settings.Epochs, settings.Batch, settings.Inference.Iterations = 2, 2, 1
	stored, err := File{Network: n, Training: settings}.store()
	if err != nil {
		f.Fatal(err)
	}
	for i, m := range n.Maps() {
		tensors.AddMoments(&stored, tensors.MapName(i), m.Weights, settings.Optimizer.NewMoments(len(m.Weights.Data)))
	}
	text := func(v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			f.Fatal(err)
		}
		return string(b)
	}
	f.Add(text(n.Config), text(settings), text(position{1, 3, []float64{1, 2}, nil}))
	f.Add(text(n.Config), text(settings), text(position{3, 3, []float64{1, 2}, &best.Epoch{Epoch: 1, Error: 2, Last: 2}}))
	f.Add(`{"Sizes":[3,2,1000000000],"Encoders":["sigmoid"],"Decoders":["sigmoid"]}`, `{}`, `{"Step":1000000000000000,"Examples":3,"Losses":[0,0]}`)
	f.Add(`{"Sizes":[3,-2]}`, `{"Epochs":1e300}`, `null`)
	f.Fuzz(func(t *testing.T, config, training, at string) {
		file := safetensors.File{Tensors: stored.Tensors, Metadata: map[string]string{"format": format, "config": config, "training": training, "position": at}}
		read, err := restore(file)
		if err != nil {
			return
		}
		c := Checkpoint{File: read, stored: file, loaded: read.Training}
		if tensors.ReadPosition(file, "model", &c.position) != nil || read.Training.Inference.Iterations > 100 || read.Training.Draws > 100 {
			return
		}
		trainer, err := c.Resume(three{}, e)
		if err != nil || trainer.Done() {
			return
		}
		_, _ = trainer.Step() // it may diverge
	})
}

// three are three examples of three values.
type three struct{}

func (three) Len() int                  { return 3 }
func (three) Dim() int                  { return 3 }
func (three) Read(i int, dst []float32) { clear(dst); dst[i] = 1 }
