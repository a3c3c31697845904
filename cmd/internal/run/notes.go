package run

import (
	"strconv"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/dataset"
)

// Keys of the notes in the metadata of models and checkpoints.
const (
	NoteData   = "data"        // name of the training set
	NoteDigest = "data_sha256" // see data.Digest
	NoteHeight = "height"      // of an image, in pixels
	NoteWidth  = "width"

	// In checkpoints only: a model has nothing of the machine or the time.
	noteSource  = "source"        // where the data were, to find them on resume
	noteSeconds = "epoch_seconds" // spent on the unfinished epoch
)

// modelNotes are the notes of a model trained on set.
func modelNotes(source string, set dataset.Set) map[string]string {
	return map[string]string{
		NoteData:   data.Name(source),
		NoteDigest: data.Digest(set.Train),
		NoteHeight: strconv.Itoa(set.Train.Height),
		NoteWidth:  strconv.Itoa(set.Train.Width),
	}
}
