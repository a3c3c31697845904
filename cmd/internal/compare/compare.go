// Package compare sets runs side by side: data, settings, curves and results.
package compare

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/evaluate"
	"github.com/targetprop/targetprop/cmd/internal/frame"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/watch"
	"github.com/targetprop/targetprop/internal/atomicfile"
)

// Run is a run. The JSON names are a promise to users.
type Run struct {
	Dir        string            `json:"dir"`
	State      string            `json:"state"` // "training", "finishing", "finished" or "stopped"
	Silent     float64           `json:"silent_seconds,omitempty"`
	Why        string            `json:"why,omitempty"` // it stopped
	Task       string            `json:"task"`
	Data       string            `json:"data,omitempty"`
	Images     int               `json:"images,omitempty"`
	Epochs     int               `json:"epochs"`              // done
	EpochsOf   int               `json:"epochs_of,omitempty"` // in all
	Columns    []string          `json:"columns"`             // of the log
	Rows       [][]watch.Number  `json:"rows"`
	Settings   map[string]string `json:"settings,omitempty"`
	Evaluation *evaluate.Report  `json:"evaluation,omitempty"` // that eval --save left

	names []string // of the settings, in their order
}

// EvaluationName is the file in the folder of a run in which eval --save leaves its report.
const EvaluationName = "eval.json"

// Of is the run in a folder, as far as its files tell.
func Of(path string) Run {
	dir := run.Dir(path)
	r := Run{Dir: filepath.ToSlash(path), State: frame.Stopped, Task: dir.Task().Name}
	r.Columns, r.Rows = watch.ReadLog(dir.Log())
	r.Epochs = len(r.Rows)
	if _, err := os.Stat(dir.Model()); err == nil {
		r.State = frame.Finished
	}
	if now, err := dir.Now(); err == nil {
		r.State, r.Why, r.Epochs, r.EpochsOf = now.State, now.Why, now.Epoch, now.Epochs
		if now.State == frame.Training || now.State == frame.Ending {
			r.Silent = max(0, time.Since(now.Time).Round(time.Second).Seconds())
		}
	}
	if about, err := dir.Frames().Run(); err == nil {
		r.Task, r.Data, r.Images, r.Settings = about.Task, about.Data, about.Images, map[string]string{}
		for _, s := range about.Settings {
			r.Settings[s.Name] = s.Value
			r.names = append(r.names, s.Name)
		}
	}
	r.Evaluation, _ = evaluation(filepath.Join(path, EvaluationName))
	if e := r.Evaluation; e != nil && e.ModelDigest != "" {
		if digest, err := modelfile.Digest(filepath.Join(path, filepath.Base(e.Model))); err != nil || digest != e.ModelDigest {
			r.Evaluation = nil // of the model that was here before
		}
	}
	return r
}

// evaluation is the report in a file that eval --save wrote.
func evaluation(path string) (*evaluate.Report, error) {
	const most = 1 << 20
	text, err := atomicfile.ReadFile(path, most)
	if err != nil {
		return nil, err
	}
	report := &evaluate.Report{}
	if err := json.Unmarshal(text, report); err != nil || report.Rows == nil {
		return nil, fmt.Errorf("%s is no report of eval --save: move it elsewhere", path)
	}
	return report, nil
}

// CheckEvaluation fails if a file that is there is no report, which eval --save would replace.
func CheckEvaluation(path string) error {
	if _, err := evaluation(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// All are the runs in folders and one level below.
func All(folders []string) ([]Run, error) {
	found, err := watch.Found(folders)
	if err != nil {
		return nil, err
	}
	runs := []Run{}
	for _, path := range found {
		runs = append(runs, Of(path))
	}
	return runs, nil
}
