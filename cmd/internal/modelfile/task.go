package modelfile

import (
	"fmt"
	"strings"

	"github.com/targetprop/targetprop/internal/safetensors"
)

// Names of the tasks that a file can be of.
const (
	Generate = "generate"
	Label    = "label"
	Classify = "classify"
	Reward   = "reward"
)

// formats are the formats of files, and their tasks.
var formats = map[string]string{
	"targetprop 1":             Generate,
	"targetprop labelled 1":    Label,
	"targetprop feedforward 1": Classify,
}

// kinds are what the models of tasks are.
var kinds = map[string]string{
	Generate: "a generative model without labels",
	Label:    "a generative model with labels",
	Classify: "a classifier",
	Reward:   "a network that predicts rewards",
}

// TaskOf is the task that a model or a checkpoint was trained for. path is a file,
// or the folder of a run that is complete.
func TaskOf(path string) (string, error) {
	stored, err := safetensors.ReadFile(fileOf(path))
	if err != nil {
		return "", err
	}
	task, ok := formats[stored.Metadata["format"]]
	if !ok {
		return "", fmt.Errorf("%s: its format is %q, which this program does not know", path, stored.Metadata["format"])
	}
	if task == Classify && stored.Metadata[NoteTask] == Reward {
		task = Reward
	}
	return task, nil
}

// describe says what models of the tasks are, and how they are made.
func describe(tasks ...string) string {
	var all []string
	for _, t := range tasks {
		all = append(all, kinds[t]+" (train --task "+t+")")
	}
	return strings.Join(all, " or ")
}
