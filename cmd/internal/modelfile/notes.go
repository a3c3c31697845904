package modelfile

import (
	"encoding/json"
	"fmt"

	"github.com/targetprop/targetprop/cmd/internal/data"
)

// Keys of the notes in the metadata of models and checkpoints.
const (
	NoteData    = "data"        // name of the training set
	NoteDigest  = "data_sha256" // see data.Digest
	noteReading = "reading"     // see data.Reading; only if somebody said how

	// NoteEarly is how far the training had come, if somebody had it finish before its
	// last epoch.
	NoteEarly = "finished_early"
	// NoteSource is where the data were. Only checkpoints have it.
	NoteSource = "source"

	// Of those that learn from labels alone.
	NoteTask   = "task"
	NoteLabels = "labels_sha256" // see data.LabelsDigest
	NoteTest   = "test_accuracy" // of the model, a share
	// NoteClasses are the names of the labels from 0 up, as JSON, or "numbers". Models of earlier
	// programs say nothing.
	NoteClasses = "classes"
)

// Notes are those of a model trained on set.
func Notes(source string, set data.Set) map[string]string {
	notes := map[string]string{NoteData: data.Name(source), NoteDigest: set.Digest()}
	set.Shape().Note(notes)
	return notes
}

// NoteReading adds how the examples were read.
func NoteReading(notes map[string]string, how data.Reading) {
	if text := how.Note(); text != "" {
		notes[noteReading] = text
	}
}

// ReadingOf is how the examples were read.
func ReadingOf(notes map[string]string) (data.Reading, error) {
	how, err := data.ReadNote(notes[noteReading])
	if err != nil {
		return how, fmt.Errorf("its note %q is none of how data are read: %v", noteReading, err)
	}
	return how, nil
}

// LabelNotes are those of a model trained for the task on set and its labels.
func LabelNotes(task, source string, set data.Set) map[string]string {
	notes := Notes(source, set)
	notes[NoteTask], notes[NoteLabels] = task, data.LabelsDigest(set.Train)
	NoteNames(notes, set)
	return notes
}

// numbered is the note of labels that have no names but their numbers.
const numbered = `"numbers"`

// NoteNames adds what the labels are called. Those of named sets, as mnist, are numbers, which goes without a note.
func NoteNames(notes map[string]string, set data.Set) {
	text, err := json.Marshal(set.Classes)
	switch {
	case err != nil:
	case set.Classes != nil:
		notes[NoteClasses] = string(text)
	case !data.Named(notes[NoteData]):
		notes[NoteClasses] = numbered
	}
}

// ClassesOf are the names of the labels, or nil.
func ClassesOf(notes map[string]string) (names []string, err error) {
	text, ok := notes[NoteClasses]
	if !ok || text == numbered {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(text), &names); err != nil || len(names) == 0 || len(names) > 256 {
		return nil, fmt.Errorf("its note %q is none of the names of 1 to 256 classes", NoteClasses)
	}
	return names, nil
}

// areNumbers tells whether the labels are known to have no names but their numbers.
func areNumbers(notes map[string]string) bool {
	return notes[NoteClasses] == numbered || data.Named(notes[NoteData])
}
