package reproduce

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/paper"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// Options say what is made.
type Options struct {
	Data           string            // source
	Model          string            // folder of a run whose model is used, or ""
	Settings       settings.Generate // of the training, with the first seed
	Seeds          int               // networks
	Samples        int               // in each row of the table, 0 for the usual
	Only           []string          // names of experiments
	Out            string            // folder
	Chosen         []string          // the arguments that make this from the defaults, but for --only and --out
	Group          model.Group       // of processes that make it together, or nil
	Engine         *kernels.Engine
	Stdout, Stderr io.Writer
}

// DefaultDir is where a report goes.
func DefaultDir(source string) string {
	return filepath.Join("runs", "reproduce-"+filepath.Base(data.Name(source)))
}

// reports are the files of the report.
func (o Options) reports() []string {
	return []string{filepath.Join(o.Out, "report.html"), filepath.Join(o.Out, "report.md")}
}

// checkReports fails if the files of the report could not be written, or are not this program's:
// a report has its parts beside it.
func (o Options) checkReports() error {
	store := o.store()
	for _, path := range o.reports() {
		if err := atomicfile.Check(path); err != nil {
			return err
		}
		switch _, err := os.Lstat(path); {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return err
		case !store.Used():
			return fmt.Errorf("%s is there, and no parts of a report are in %s: it is not of this command; move it away, or choose another --out", path, store)
		}
	}
	return nil
}

// store is where the parts are.
func (o Options) store() experiment.Store {
	return experiment.Store(filepath.Join(o.Out, experiment.Folder))
}

// MinSamples is the least with which all measures are defined.
const MinSamples = 2 * 10

// short tells whether this is the short run.
func (o Options) short() bool { return o.Data == data.Default }

// machine is what the parts are made on.
func (o Options) machine() string {
	return together.Ranks(o.Group) + fmt.Sprintf("%s, %s", o.Engine.ISA(), cli.Count(o.Engine.Threads(), "thread", "threads"))
}

// again is the command line that makes these experiments with the same options,
// as a user would type it: without what is the default.
func (o Options) again(only []string) string {
	args := append([]string{"reproduce"}, o.Chosen...)
	if len(only) < len(paper.Experiments) {
		args = append(args, "--only", strings.Join(only, ","))
	}
	if o.Out != DefaultDir(o.Data) {
		args = append(args, "--out", o.Out)
	}
	return cli.CommandLine(args...)
}
