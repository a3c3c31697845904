package model_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/internal/race"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// goldenPath holds the hashes of whole results. They change with the method:
// the order of its operations, its random numbers, its files. Then
//
//	go test ./model -run TestGoldenTraining -update
//
// writes them anew, from plain Go on one thread.
const goldenPath = "../testdata/training.json"

var update = flag.Bool("update", false, "write the golden hashes instead of comparing with them")

// goldenTraining is what a run leaves behind.
type goldenTraining struct {
	Header  string
	Model   string // SHA-256 of the model file
	Samples string // and of the samples' float32 bits, little-endian
}

// pictures are the first n images of the built-in digits.
type pictures struct {
	images dataset.Images
	n      int
}

func (p pictures) Len() int { return p.n }
func (p pictures) Dim() int { return p.images.Dim() }
func (p pictures) Read(i int, dst []float32) {
	for j, pixel := range p.images.Row(i) {
		dst[j] = float32(pixel) / 255
	}
}

// TestGoldenTraining trains a small network on embedded digits for two epochs,
// with every instruction set and several numbers of threads, and compares the
// model files and samples with each other and with what all other machines
// make. Few units and iterations keep plain Go under emulation within a minute;
// the last minibatch of an epoch is a short one.
func TestGoldenTraining(t *testing.T) {
	digits, err := dataset.Load(t.Context(), "digits", dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	data := pictures{digits.Train, 200}
	if *update {
		made := train(t, data, kernels.Generic, 1)
		made.Header = `Made by go test ./model -run TestGoldenTraining -update.`
		text, err := json.MarshalIndent(made, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(goldenPath, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(goldenPath)
	if err != nil {
		t.Fatal(err)
	}
	var want goldenTraining
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	for _, isa := range kernels.Available() {
		// Slow where it is slow: the race detector sees the same goroutines on the others, and
		// an emulated machine's short tests leave it to a real one's.
		if isa == kernels.Generic && (race.Enabled || testing.Short() && kernels.Available()[0] == kernels.NEON) {
			continue
		}
		for _, threads := range []int{1, 2, 7} {
			t.Run(fmt.Sprintf("isa=%v/threads=%d", isa, threads), func(t *testing.T) {
				got := train(t, data, isa, threads)
				if got.Model != want.Model {
					t.Errorf("the model file has SHA-256 %s, want %s", got.Model, want.Model)
				}
				if got.Samples != want.Samples {
					t.Errorf("the samples have SHA-256 %s, want %s", got.Samples, want.Samples)
				}
			})
		}
	}
}

func train(t *testing.T, data model.Data, isa kernels.ISA, threads int) goldenTraining {
	t.Helper()
	e, err := kernels.New(kernels.WithMaxISA(isa), kernels.WithThreads(threads))
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	network, err := model.New(model.DefaultConfig(data.Dim(), 20, 10), 1, e)
	if err != nil {
		t.Fatal(err)
	}
	settings := model.DefaultTraining()
	settings.Epochs, settings.Batch, settings.Inference.Iterations, settings.Optimizer.Rate = 2, 60, 5, 1e-3
	trainer, err := model.NewTrainer(network, data, settings, e)
	if err != nil {
		t.Fatal(err)
	}
	for !trainer.Done() {
		if _, err := trainer.Step(); err != nil {
			t.Fatal(err)
		}
	}
	if err := network.EstimatePrior(t.Context(), e, data, settings.Inference, nil); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "model.safetensors")
	if err := (model.File{Network: network, Training: settings}).Save(path); err != nil {
		t.Fatal(err)
	}
	stored, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	samples, err := network.Generate(t.Context(), e, 10, model.DefaultSampling(), nil)
	if err != nil {
		t.Fatal(err)
	}
	h := sha256.New()
	for i := range samples.Rows {
		if err := binary.Write(h, binary.LittleEndian, samples.Row(i)); err != nil {
			t.Fatal(err)
		}
	}
	file := sha256.Sum256(stored)
	return goldenTraining{Model: hex.EncodeToString(file[:]), Samples: hex.EncodeToString(h.Sum(nil))}
}
