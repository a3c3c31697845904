// Package modelfile reads a model of a training run, with what its notes say
// about the images.
package modelfile

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/labelled"
)

// Model is a generative model of images that a run wrote.
type Model struct {
	model.File
	Origin
}

// Labelled is a generative model of images and labels.
type Labelled struct {
	labelled.File
	Origin
}

// Load reads a generative model of images from its file or the folder of its run. A
// checkpoint is a model without a prior: see [Model.Complete]. Load knows what may
// have been meant when it can not. others are tasks whose models would do as well.
func Load(path string, others ...string) (Model, error) {
	path = fileOf(path)
	f, err := model.Load(path)
	if err != nil {
		c, other := model.LoadCheckpoint(path)
		if other != nil {
			return Model{}, explain(path, err, append([]string{Generate}, others...)...)
		}
		if f, err = c.Model(); err != nil {
			return Model{}, fmt.Errorf("load %s: %w", path, err)
		}
	}
	return Model{f, Origin{path, f.Notes, f.Network.Config.Sizes[0]}}, nil
}

// LoadLabelled reads a generative model of images and labels, as Load does.
func LoadLabelled(path string) (Labelled, error) {
	path = fileOf(path)
	f, err := labelled.Load(path)
	if err != nil {
		c, other := labelled.LoadCheckpoint(path)
		if other != nil {
			return Labelled{}, explain(path, err, Label)
		}
		if f, err = c.Model(); err != nil {
			return Labelled{}, fmt.Errorf("load %s: %w", path, err)
		}
	}
	return Labelled{f, Origin{path, f.Notes, f.Network.Config.Sizes[0]}}, nil
}

// AnyClass is the class if nobody wants a certain one.
const AnyClass = -1

// Class is the class that the model calls by the name, or else that of the number.
func (m Labelled) Class(name string) (int, error) {
	if name == "" {
		return AnyClass, nil
	}
	names, err := ClassesOf(m.Notes)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", m.Path, err)
	}
	if n := data.ClassNamed(names, name); n >= 0 {
		return n, nil
	}
	n, err := strconv.Atoi(name)
	if most := m.Network.Config.Classes - 1; err != nil || n < AnyClass || n > most {
		called := ""
		if names != nil {
			called = ", which are " + data.List(names)
		}
		return 0, cli.Usagef("--class %s: the model %s knows the classes 0 to %d%s; -1 is any", name, m.Path, most, called)
	}
	return n, nil
}

// explain says what may have been meant with a file that is no model of the
// wanted tasks.
func explain(path string, err error, wanted ...string) error {
	if errors.Is(err, fs.ErrNotExist) {
		args := []string{"train"}
		if wanted[0] != Generate {
			args = append(args, "--task", wanted[0])
		}
		return fmt.Errorf("%w; make one with %s, or name yours with --model", err, cli.CommandLine(args...))
	}
	if task, other := TaskOf(path); other == nil && !slices.Contains(wanted, task) {
		return fmt.Errorf("%s is %s, which this command can not use; it wants %s", path, describe(task), describe(wanted...))
	}
	return err
}
