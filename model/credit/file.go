package credit

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/best"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// format is what the metadata of these files say.
const format = "targetprop feedforward 1"

// File is a trained network as it is stored, in safetensors format. Map f_l, from l = 1
// up, has the tensors layer.l.weight (inputs x outputs) and layer.l.bias. The settings are
// JSON in the metadata.
type File struct {
	Network  *feedforward.Network
	Training Training
	Notes    map[string]string // the caller's own entries in the metadata
}

// Save writes the file. A file that was there before stays whole until the new one is
// complete. Save fails with [model.ErrDiverged] if a parameter is not a finite number.
func (f File) Save(path string) error {
	stored, err := f.store()
	if err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	return tensors.Write(path, stored)
}

// Load reads a file that [File.Save] wrote. Of a checkpoint it is the network that training would end with now: that
// of the best epoch, if the training looks for that.
func Load(path string) (File, error) {
	stored, err := tensors.Read(path)
	if err != nil {
		return File{}, err
	}
	f, err := restore(best.Taken(stored))
	if err != nil {
		return File{}, fmt.Errorf("load %s: %w", path, err)
	}
	return f, nil
}

// store is the file, not yet written.
func (f File) store() (safetensors.File, error) {
	if err := f.Network.Validate(); err != nil {
		return safetensors.File{}, err
	}
	stored, err := tensors.NewFile(format, f.Network.Config, f.Training, f.Notes)
	if err != nil {
		return safetensors.File{}, err
	}
	for i, m := range f.Network.Maps {
		tensors.AddMap(&stored, layerName(i), m.Weights)
	}
	return stored, nil
}

// restore is the inverse of store.
func restore(stored safetensors.File) (File, error) {
	var (
		f      File
		config feedforward.Config
		err    error
		// Before there were other shapes files said whether the rates fall to 0.
		training struct {
			Training
			Cooling *bool `json:",omitempty"`
		}
	)
	if f.Notes, err = tensors.ReadHeader(stored, format, "a feed-forward network", &config, &training); err != nil {
		return f, err
	}
	if f.Training = training.Training; training.Cooling != nil && *training.Cooling {
		f.Training.Rates.Shape = model.Linear
	}
	if err := config.Validate(); err != nil {
		return f, err
	}
	for i := range config.Maps() {
		if err := tensors.CheckMap(stored, layerName(i), config.Sizes[i], config.Sizes[i+1]); err != nil {
			return f, err
		}
	}
	network, err := feedforward.NewZero(config)
	if err != nil {
		return f, err
	}
	for i, m := range network.Maps {
		if err := tensors.ReadMap(stored, layerName(i), m.Weights); err != nil {
			return f, err
		}
	}
	f.Network = network
	return f, nil
}
