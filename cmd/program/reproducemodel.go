package program

import (
	"path/filepath"
	"slices"

	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/kernels"
)

// reproducible are the flags of a training whose network the figures can be made of: all
// epochs are looked at, and images are from 0 to 1.
func reproducible(flags *pflag.FlagSet) *pflag.FlagSet {
	kept := pflag.NewFlagSet("", pflag.ContinueOnError)
	kept.SortFlags = false
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name != "early-stop" && f.Name != "centre" {
			kept.AddFlag(f)
		}
	})
	return kept
}

// watching is the experiment that looks on while a network is trained.
const watching = "agreement"

// settingsOfModel are those that the model at path was trained with, and the folder of its
// run. Its data are used too, unless others are named. own are the settings that flags bind.
func settingsOfModel(flags *pflag.FlagSet, path string, only []string, own *settings.Generate) (s settings.Generate, dir string, err error) {
	if given := settings.GivenBy(flags, own); len(given) > 0 {
		return s, "", cli.Usagef("--%s is of a training, and the model %s is trained: leave it out", given[0].Name, path)
	}
	if flags.Changed("seeds") || slices.Contains(only, watching) {
		return s, "", cli.Usagef("--seeds and --only %s are of a training, and the model %s is trained: leave them out", watching, path)
	}
	m, err := modelfile.Load(path)
	switch {
	case err != nil:
		return s, "", err
	case filepath.Base(m.Path) != modelfile.Name:
		return s, "", cli.Usagef("--model %s: want the folder of a run, with its %s", path, modelfile.Name)
	case m.Network.Config.Decoders[0] == kernels.Tanh:
		return s, "", cli.Usagef("--model %s reads images as -1 to 1 (--centre), and the figures are of 0 to 1", path)
	}
	s.Layers, s.Training = m.Network.Config.Sizes[1:], m.Training
	if trained := m.Notes[modelfile.NoteData]; !flags.Changed("data") {
		if !data.Named(trained) {
			return s, "", cli.Usagef("no data named: the model was trained on a folder or a file (%s); say where it is with --data", cli.Plain(trained))
		}
		return s, filepath.Dir(m.Path), flags.Set("data", trained)
	}
	return s, filepath.Dir(m.Path), nil
}
