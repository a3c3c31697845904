package run

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/task"
)

// Dir is the folder of a training run.
type Dir string

// DefaultDir is where train puts a run, and where other commands look. The name of
// the data is that of a run of the default task; others add theirs.
func DefaultDir(of task.Task, source string) Dir {
	name := filepath.Base(data.Name(source))
	if of.Name != task.Generate.Name {
		name += "-" + of.Name
	}
	return Dir(filepath.Join("runs", name))
}

// Checkpoint is there from the first moment and stays.
func (d Dir) Checkpoint() string { return filepath.Join(string(d), "checkpoint.safetensors") }

// Model comes last and says that everything else is complete.
func (d Dir) Model() string { return filepath.Join(string(d), modelfile.Name) }

// Log has a row for each epoch.
func (d Dir) Log() string { return filepath.Join(string(d), "log.csv") }

// Samples is a picture of images that the model made up.
func (d Dir) Samples() string { return filepath.Join(string(d), "samples.png") }

// present lists the run's files that exist. Anything else by their names, as
// a folder, is an error: it could not be replaced when the time comes.
func (d Dir) present() ([]string, error) {
	var found []string
	for _, path := range []string{d.Checkpoint(), d.Model(), d.Samples(), d.Log()} {
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
func (d Dir) refuseIfUsed() error {
	found, err := d.present()
	if err != nil || len(found) == 0 {
		return err
	}
	return fmt.Errorf("%s exists: --resume continues that run, --overwrite replaces it, --out starts another elsewhere", found[0])
}

// removeResults removes what an earlier run left, but for the checkpoint.
func (d Dir) removeResults() error {
	for _, path := range []string{d.Model(), d.Samples(), d.Log()} {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
