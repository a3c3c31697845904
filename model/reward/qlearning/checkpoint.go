package qlearning

import (
	"encoding/json"
	"fmt"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// Keys of the metadata in files.
const (
	formatKey   = "format"
	format      = "targetprop qlearning 1"
	configKey   = "config"
	settingsKey = "settings"
	positionKey = "position"
)

// position is how far an agent has come.
type position struct {
	Steps   int // of the environment
	Learned int // minibatches
	Added   int // transitions
	Returns []float64
}

// Save writes a checkpoint between two episodes, in safetensors format, from which
// [Resume] continues bit for bit: both networks, what the learner needs, the transitions
// and the returns. A file that was there before stays whole until the new one is
// complete. Save fails with [model.ErrDiverged] if a number is not finite.
func (a *Agent) Save(path string) error {
	a.check()
	if err := a.checkSettings(); err != nil {
		return fmt.Errorf("save %s: %w", path, err)
	}
	stored := safetensors.File{Metadata: map[string]string{formatKey: format}}
	for key, value := range map[string]any{
		configKey: a.Network.Config, settingsKey: a.Settings,
		positionKey: position{a.steps, a.learner.Steps(), a.replay.added, a.Returns},
	} {
		text, err := json.Marshal(value)
		if err != nil {
			return fmt.Errorf("save %s: %w", path, err)
		}
		stored.Metadata[key] = string(text)
	}
	for i, m := range a.Network.Maps {
		tensors.AddMap(&stored, networkName(i), m.Weights)
		tensors.AddMap(&stored, averageName(i), a.Average.Maps[i].Weights)
	}
	a.learner.AppendState(&stored)
	a.replay.append(&stored)
	return tensors.Write(path, stored)
}

func networkName(i int) string { return fmt.Sprintf("network.%d", i+1) }
func averageName(i int) string { return fmt.Sprintf("average.%d", i+1) }

// Resume reads a file that [Agent.Save] wrote and continues in the same kind of
// environment.
func Resume(path string, environment Environment, e *kernels.Engine) (*Agent, error) {
	stored, err := tensors.Read(path)
	if err != nil {
		return nil, err
	}
	a, err := restore(stored, environment, e)
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", path, err)
	}
	return a, nil
}

func restore(stored safetensors.File, environment Environment, e *kernels.Engine) (*Agent, error) {
	if got := stored.Metadata[formatKey]; got != format {
		return nil, fmt.Errorf("its format is %q, want %q: this is no checkpoint of package qlearning", got, format)
	}
	var (
		config   feedforward.Config
		at       position
		settings struct {
			Settings
			Cooling *bool `json:",omitempty"` // of older files, without a meaning
		}
	)
	for key, value := range map[string]any{configKey: &config, settingsKey: &settings, positionKey: &at} {
		if err := tensors.Decode(stored.Metadata[key], value); err != nil {
			return nil, fmt.Errorf("its %s: %w", key, err)
		}
	}
	if err := config.Validate(); err != nil {
		return nil, err
	}
	for i := range config.Maps() { // before memory is asked for
		if err := tensors.CheckMap(stored, networkName(i), config.Sizes[i], config.Sizes[i+1]); err != nil {
			return nil, err
		}
	}
	n, err := feedforward.NewZero(config)
	if err != nil {
		return nil, err
	}
	for i, m := range n.Maps {
		if err := tensors.ReadMap(stored, networkName(i), m.Weights); err != nil {
			return nil, err
		}
	}
	a, err := NewAgent(n, environment, settings.Settings, e)
	if err != nil {
		return nil, err
	}
	for i, m := range a.Average.Maps {
		if err := tensors.ReadMap(stored, averageName(i), m.Weights); err != nil {
			return nil, err
		}
	}
	if at.Steps < 0 || at.Steps > maxSteps || at.Added < 0 || at.Added > at.Steps || at.Learned < 0 || at.Learned > at.Steps || len(at.Returns) > at.Steps {
		return nil, fmt.Errorf("its position is damaged: %d steps, %d minibatches, %d transitions, %d episodes", at.Steps, at.Learned, at.Added, len(at.Returns))
	}
	a.steps, a.Returns = at.Steps, at.Returns
	if err := a.learner.ReadState(stored, at.Learned); err != nil {
		return nil, err
	}
	return a, a.replay.read(stored, at.Added, environment.Actions())
}
