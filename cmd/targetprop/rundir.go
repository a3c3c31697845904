package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// runDir is the folder of a training run.
type runDir string

// The files of a run. The checkpoint is there from the first moment and stays;
// the model comes last and says that everything else is complete.
func (d runDir) checkpoint() string { return filepath.Join(string(d), "checkpoint.safetensors") }
func (d runDir) model() string      { return filepath.Join(string(d), "model.safetensors") }
func (d runDir) log() string        { return filepath.Join(string(d), "log.csv") }
func (d runDir) samples() string    { return filepath.Join(string(d), "samples.png") }

// defaultRunDir is where train puts a run, and where sample and eval look.
func defaultRunDir(data string) runDir {
	return runDir(filepath.Join("runs", filepath.Base(dataName(data))))
}

// present lists the run's files that exist. Anything else by their names, as
// a folder, is an error: it could not be replaced when the time comes.
func (d runDir) present() ([]string, error) {
	var found []string
	for _, path := range []string{d.checkpoint(), d.model(), d.samples(), d.log()} {
		info, err := os.Stat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, err
		case !info.Mode().IsRegular():
			return nil, fmt.Errorf("%s is in the way: it is not a file", path)
		default:
			found = append(found, path)
		}
	}
	return found, nil
}

// refuseIfUsed fails if the folder holds a run.
func (d runDir) refuseIfUsed() error {
	found, err := d.present()
	if err != nil || len(found) == 0 {
		return err
	}
	return fmt.Errorf("%s exists: --resume continues that run, --overwrite replaces it, --out starts another elsewhere", found[0])
}

// removeResults removes what an earlier run left, but for the checkpoint.
func (d runDir) removeResults() error {
	for _, path := range []string{d.model(), d.samples(), d.log()} {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
