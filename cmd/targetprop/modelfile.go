package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/model"
)

// addModel defines --model.
func addModel(flags *pflag.FlagSet, path *string) {
	flags.StringVar(path, "model", defaultRunDir(defaultData).model(), "`file` of the model")
}

// loadModel reads a model, and knows what may have been meant when it can not.
func loadModel(path string) (model.File, error) {
	f, err := model.Load(path)
	if errors.Is(err, fs.ErrNotExist) {
		return f, fmt.Errorf("%w; make one with %s, or name yours with --model", err, commandLine("train"))
	}
	if err != nil {
		if _, other := model.LoadCheckpoint(path); other == nil {
			return f, fmt.Errorf("%s is the checkpoint of a training run and not yet a model; finish it with train --resume", path)
		}
	}
	return f, err
}
