package model

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// format is what the metadata of these files say.
const format = "targetprop 1"

// File is a trained network as it is stored, in safetensors format. Each layer l
// from 1 has the tensors encoder.l.weight (inputs x outputs), encoder.l.bias,
// decoder.l.weight and decoder.l.bias. The prior has prior.mean and prior.std.
// The settings are JSON in the metadata.
type File struct {
	Network  *Network
	Training Training
	Notes    map[string]string // the caller's own entries in the metadata
}

// Save writes the file. A file that was there before stays whole until the new
// one is complete. Save fails with [ErrDiverged] if a parameter is not a finite
// number.
func (f File) Save(path string) error {
	if err := f.Network.Validate(); err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	if len(f.Network.Prior.Mean) == 0 {
		return fmt.Errorf("save %s: %w", path, ErrNoPrior)
	}
	stored, err := f.store()
	if err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	top := len(f.Network.Prior.Mean)
	stored.Tensors = append(stored.Tensors,
		safetensors.Tensor{Name: "prior.mean", Shape: []int{top}, Data: f.Network.Prior.Mean},
		safetensors.Tensor{Name: "prior.std", Shape: []int{top}, Data: f.Network.Prior.Std})
	return tensors.Write(path, stored)
}

// Load reads a file that [File.Save] wrote.
func Load(path string) (File, error) {
	stored, err := tensors.Read(path)
	if err != nil {
		return File{}, err
	}
	f, err := restore(stored)
	if err == nil {
		err = f.restorePrior(stored)
	}
	if err != nil {
		return File{}, fmt.Errorf("load %s: %w", path, err)
	}
	return f, nil
}

// store is the file without the prior.
func (f File) store() (safetensors.File, error) {
	if err := f.Training.Inference.Validate(); err != nil {
		return safetensors.File{}, err
	}
	stored, err := tensors.NewFile(format, f.Network.Config, f.Training, f.Notes)
	if err != nil {
		return safetensors.File{}, err
	}
	for i, m := range f.Network.Maps() {
		tensors.AddMap(&stored, tensors.MapName(i), m.Weights)
	}
	return stored, nil
}

// restore is the inverse of store.
func restore(stored safetensors.File) (File, error) {
	var (
		f      File
		config Config
		err    error
	)
	if f.Notes, err = tensors.ReadHeader(stored, format, "a model", &config, &f.Training); err != nil {
		return f, err
	}
	if err := config.Validate(); err != nil {
		return f, err
	}
	if err := f.Training.Inference.Validate(); err != nil { // with which the model is used
		return f, err
	}
	maps, err := tensors.Maps(stored, config.Sizes)
	if err != nil {
		return f, err
	}
	f.Network = &Network{Config: config}
	for l := range config.Latents() {
		f.Network.Encoders = append(f.Network.Encoders, Map{config.Encoders[l], maps[2*l]})
		f.Network.Decoders = append(f.Network.Decoders, Map{config.Decoders[l], maps[2*l+1]})
	}
	return f, nil
}

// restorePrior reads the prior of a file whose network is restored.
func (f *File) restorePrior(stored safetensors.File) (err error) {
	p := &f.Network.Prior
	top := f.Network.Config.Sizes[f.Network.Config.Latents()]
	if p.Mean, err = tensors.Finite(stored, "prior.mean", top); err != nil {
		return err
	}
	p.Std, err = tensors.Finite(stored, "prior.std", top)
	return err
}
