package labelled

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/rows"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// format is what the metadata of these files say; the others are names of tensors.
const (
	format = "targetprop labelled 1"

	encoderName = "label.encoder"
	decoderName = "label.decoder"
)

// File is a trained network as it is stored, in safetensors format. The maps of
// the layers are tensors named as in [model.File]. The label has label.encoder
// and label.decoder, each with weight (inputs x outputs) and bias. The priors are
// prior.mean and prior.std, classes x units, and prior.share. The settings are
// JSON in the metadata.
type File struct {
	Network  *Network
	Training Training
	Notes    map[string]string // the caller's own entries in the metadata
}

// Save writes the file. A file that was there before stays whole until the new
// one is complete. Save fails with [ErrNoPrior] before EstimatePriors, and with
// [model.ErrDiverged] if a parameter is not a finite number.
func (f File) Save(path string) error {
	if err := f.Network.Validate(); err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	if len(f.Network.Priors) == 0 {
		return fmt.Errorf("save %s: %w", path, ErrNoPrior)
	}
	stored, err := f.store()
	if err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	var mean, std []float32
	for _, p := range f.Network.Priors {
		mean, std = append(mean, p.Mean...), append(std, p.Std...)
	}
	shape := []int{f.Network.Config.Classes, f.Network.Config.top()}
	stored.Tensors = append(stored.Tensors,
		safetensors.Tensor{Name: "prior.mean", Shape: shape, Data: mean},
		safetensors.Tensor{Name: "prior.std", Shape: shape, Data: std},
		safetensors.Tensor{Name: "prior.share", Shape: shape[:1], Data: f.Network.Shares})
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
		err = f.restorePriors(stored)
	}
	if err != nil {
		return File{}, fmt.Errorf("load %s: %w", path, err)
	}
	return f, nil
}

// store is the file without the priors.
func (f File) store() (safetensors.File, error) {
	if err := f.Training.Inference.Validate(); err != nil {
		return safetensors.File{}, err
	}
	n := f.Network
	stored, err := tensors.NewFile(format, n.Config, f.Training, f.Notes)
	if err != nil {
		return safetensors.File{}, err
	}
	for i, m := range n.Images.Maps() {
		tensors.AddMap(&stored, tensors.MapName(i), m.Weights)
	}
	tensors.AddMap(&stored, encoderName, n.Encoder.Weights)
	tensors.AddMap(&stored, decoderName, n.Decoder.Weights)
	return stored, nil
}

// restore is the inverse of store.
func restore(stored safetensors.File) (File, error) {
	var (
		f      File
		config Config
		err    error
		// Before there were other shapes files had the part that is left.
		training struct {
			Training
			FinalRate *float32 `json:",omitempty"`
		}
	)
	if f.Notes, err = tensors.ReadHeader(stored, format, "a labelled model", &config, &training); err != nil {
		return f, err
	}
	if f.Training = training.Training; training.FinalRate != nil {
		f.Training.Rates = model.Rates{Shape: model.Linear, Final: *training.FinalRate}
	}
	if err := config.Validate(); err != nil {
		return f, err
	}
	if err := f.Training.Inference.Validate(); err != nil { // with which priors are estimated
		return f, err
	}
	maps, err := tensors.Maps(stored, config.Sizes)
	if err != nil {
		return f, err
	}
	encoder, err := tensors.Map(stored, encoderName, config.Classes, config.top())
	if err != nil {
		return f, err
	}
	decoder, err := tensors.Map(stored, decoderName, config.top(), config.Classes)
	if err != nil {
		return f, err
	}
	images := &model.Network{Config: config.Config}
	for l := range config.Latents() {
		images.Encoders = append(images.Encoders, model.Map{Activation: config.Encoders[l], Weights: maps[2*l]})
		images.Decoders = append(images.Decoders, model.Map{Activation: config.Decoders[l], Weights: maps[2*l+1]})
	}
	f.Network = assemble(config, images, encoder, decoder)
	return f, nil
}

// restorePriors reads the priors of a file whose network is restored.
func (f *File) restorePriors(stored safetensors.File) error {
	classes, top := f.Network.Config.Classes, f.Network.Config.top()
	mean, err := tensors.Finite(stored, "prior.mean", classes, top)
	if err != nil {
		return err
	}
	std, err := tensors.Finite(stored, "prior.std", classes, top)
	if err != nil {
		return err
	}
	if f.Network.Shares, err = tensors.Finite(stored, "prior.share", classes); err != nil {
		return err
	}
	means, stds := rows.Of(classes, top, mean), rows.Of(classes, top, std)
	for c := range classes {
		f.Network.Priors = append(f.Network.Priors, model.Prior{Mean: means.Row(c), Std: stds.Row(c)})
	}
	return nil
}
