package tensors

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/targetprop/targetprop/internal/safetensors"
)

// Keys of the metadata that all files of networks have, and of a checkpoint's position.
const (
	formatKey   = "format"
	configKey   = "config"
	trainingKey = "training"
	positionKey = "position"
)

// ownKeys are the keys of the metadata that are no note's.
var ownKeys = []string{formatKey, configKey, trainingKey, positionKey, checksumKey}

// NewFile is a file without tensors. Its metadata are the format, the network's
// configuration and the training's settings as JSON, and the caller's notes. It fails if one of these
// has a name that files have themselves, or would be taken for the checksum's, damaged.
func NewFile(format string, config, training any, notes map[string]string) (safetensors.File, error) {
	stored := safetensors.File{Metadata: map[string]string{}}
	for k, v := range notes {
		if slices.Contains(ownKeys, k) || nearly(k) {
			return safetensors.File{}, fmt.Errorf("the note %q has a name that the file needs itself: want another one", k)
		}
		stored.Metadata[k] = v
	}
	stored.Metadata[formatKey] = format
	if err := setJSON(stored, configKey, config); err != nil {
		return safetensors.File{}, err
	}
	return stored, setJSON(stored, trainingKey, training)
}

// ReadHeader reads what [NewFile] wrote into config and training, and returns the notes, of which
// a checkpoint's position is none. what names such a file where the format is another one.
func ReadHeader(stored safetensors.File, format, what string, config, training any) (notes map[string]string, err error) {
	if got := stored.Metadata[formatKey]; got != format {
		return nil, fmt.Errorf("its format is %q, want %q: this is not %s that targetprop wrote", got, format, what)
	}
	notes = map[string]string{}
	for k, v := range stored.Metadata {
		if !slices.Contains(ownKeys, k) {
			notes[k] = v
		}
	}
	if err := Decode(stored.Metadata[configKey], config); err != nil {
		return nil, fmt.Errorf("its network configuration: %w", err)
	}
	if err := Decode(stored.Metadata[trainingKey], training); err != nil {
		return nil, fmt.Errorf("its training settings: %w", err)
	}
	return notes, nil
}

// SetPosition makes the file a checkpoint, of training that has come as far as position.
func SetPosition(stored safetensors.File, position any) error {
	return setJSON(stored, positionKey, position)
}

// ReadPosition reads a checkpoint's position. what is what a file without one holds.
func ReadPosition(stored safetensors.File, what string, position any) error {
	at, ok := stored.Metadata[positionKey]
	if !ok {
		return fmt.Errorf("this is a finished %s and not a checkpoint", what)
	}
	if err := Decode(at, position); err != nil {
		return fmt.Errorf("its position: %w", err)
	}
	return nil
}

func setJSON(stored safetensors.File, key string, value any) error {
	text, err := json.Marshal(value)
	stored.Metadata[key] = string(text)
	return err
}
