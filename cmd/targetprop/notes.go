package main

import (
	"fmt"
	"math"
	"strconv"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/model"
)

// Keys of the notes in the metadata of models and checkpoints.
const (
	noteData   = "data"        // name of the training set
	noteDigest = "data_sha256" // see digest
	noteHeight = "height"      // of an image, in pixels
	noteWidth  = "width"

	// In checkpoints only: a model has nothing of the machine or the time.
	noteSource  = "source"        // where the data were, to find them on --resume
	noteSeconds = "epoch_seconds" // spent on the unfinished epoch
)

// modelNotes are the notes of a model trained on set.
func modelNotes(source string, set dataset.Set) map[string]string {
	return map[string]string{
		noteData:   dataName(source),
		noteDigest: digest(set.Train),
		noteHeight: strconv.Itoa(set.Train.Height),
		noteWidth:  strconv.Itoa(set.Train.Width),
	}
}

// imageSize is the size of the model's images: noted, or square.
func imageSize(f model.File) (height, width int, err error) {
	units := f.Network.Config.Sizes[0]
	height, errH := strconv.Atoi(f.Notes[noteHeight])
	width, errW := strconv.Atoi(f.Notes[noteWidth])
	if errH == nil && errW == nil && 0 < height && height <= units && 0 < width && width <= units && height*width == units {
		return height, width, nil
	}
	if side := int(math.Sqrt(float64(units))); side*side == units {
		return side, side, nil
	}
	return 0, 0, fmt.Errorf("the model's %d visible units make no square image, and it has no notes %q and %q of another size", units, noteHeight, noteWidth)
}
