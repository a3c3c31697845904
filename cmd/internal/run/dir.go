package run

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/frame"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/internal/atomicfile"
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
func (d Dir) Checkpoint() string { return filepath.Join(string(d), modelfile.Checkpoint) }

// Previous is the checkpoint before that, in case that one is damaged.
func (d Dir) Previous() string { return filepath.Join(string(d), "checkpoint.previous.safetensors") }

// Model comes last and says that everything else is complete.
func (d Dir) Model() string { return filepath.Join(string(d), modelfile.Name) }

// Later says that the run went on after its model was made, "" if it did not, as far as it told.
func (d Dir) Later() string {
	info, err := os.Stat(d.Model())
	if err != nil {
		return ""
	}
	now, err := d.Frames().Now()
	madeLast := now.State == frame.Ending && now.Time.Before(info.ModTime()) // and then the process was killed
	if err != nil || now.State == frame.Finished || madeLast {
		return ""
	}
	return fmt.Sprintf("the run in %s went on after %s was made (%s, %d of %s), which is taken all the same: name %s for what it has learned since",
		d, modelfile.Name, now.State, now.Epoch, cli.Count(now.Epochs, "epoch", "epochs"), d.Checkpoint())
}

// Now is how far the run has come, with the command that continues it from where it is now.
func (d Dir) Now() (frame.Now, error) {
	now, err := d.Frames().Now()
	if now.Then != "" {
		now.Why += "; " + now.Then + " " + d.Resume()
	}
	return now, err
}

// Resume is the command that continues the run.
func (d Dir) Resume() string { return cli.CommandLine("train", "--out", string(d), "--resume") }

// Log has a row for each epoch.
func (d Dir) Log() string { return filepath.Join(string(d), "log.csv") }

// Samples is a picture of images that the model made up.
func (d Dir) Samples() string { return filepath.Join(string(d), "samples.png") }

// Reconstructions is a picture of images that were not trained on, and of what the
// model makes of them.
func (d Dir) Reconstructions() string { return filepath.Join(string(d), "reconstructions.png") }

// Curves is a picture of the log.
func (d Dir) Curves() string { return filepath.Join(string(d), "curves.png") }

// Frames is the folder of what was to be seen after each epoch, for package watch.
func (d Dir) Frames() frame.Folder { return frame.Folder(filepath.Join(string(d), "frames")) }

// request asks the process that trains to finish now.
func (d Dir) request() string { return filepath.Join(string(d), "finish") }

// files are those that a run writes, there or not: results, and what else there is to see. The
// request to finish is only removed.
func (d Dir) files() ([]string, error) {
	frames, err := d.Frames().Files()
	return append([]string{d.Checkpoint(), d.Previous(), d.Model(), d.Samples(), d.Reconstructions(), d.Curves(), d.Log()}, frames...), err
}

// present lists the run's files that exist. Anything else by their names, as
// a folder, is an error: it could not be replaced when the time comes.
func (d Dir) present() ([]string, error) {
	files, err := d.files()
	if err != nil {
		return nil, err
	}
	var found []string
	for _, path := range append(files, d.request()) {
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

// Task is that of the run in the folder, by its checkpoint.
func (d Dir) Task() task.Task {
	for _, path := range []string{d.Checkpoint(), d.Previous()} {
		if t, err := task.Of(path); err == nil {
			return t
		}
	}
	return task.Generate // its loader says what is wrong with the files
}

// Check fails if a run that writes in the folder, and observers that write more files, could not
// do so: it is for before the work. A folder that is not there will be made.
func (d Dir) Check(more ...string) error {
	if _, err := os.Stat(string(d)); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if _, err := d.present(); err != nil {
		return err
	}
	files, err := d.files()
	if err != nil {
		return err
	}
	for _, path := range append(files, more...) {
		if err := atomicfile.CheckOwn(path); err != nil {
			return err
		}
	}
	return nil
}

// removeOld removes what an earlier run left, but for the checkpoint in whose place that of the
// new run is.
func (d Dir) removeOld() error {
	for _, path := range []string{d.Previous(), d.Model(), d.Samples(), d.Reconstructions(), d.Curves(), d.Log(), d.request()} {
		if _, err := atomicfile.Remove(path); err != nil {
			return err
		}
	}
	return d.Frames().Clear()
}
