// Package modelfile reads a model of a training run, with what its notes say
// about the images.
package modelfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"strconv"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/model"
)

// Model is a model file that a run wrote.
type Model struct {
	model.File
	Path string
}

// Load reads a model, and knows what may have been meant when it can not.
func Load(path string) (Model, error) {
	f, err := model.Load(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Model{}, fmt.Errorf("%w; make one with %s, or name yours with --model", err, cli.CommandLine("train"))
	}
	if err != nil {
		if _, other := model.LoadCheckpoint(path); other == nil {
			return Model{}, fmt.Errorf("%s is the checkpoint of a training run and not yet a model; finish it with train --resume", path)
		}
	}
	return Model{f, path}, err
}

// ImageSize is the size of the model's images: noted, or square.
func (m Model) ImageSize() (height, width int, err error) {
	units := m.Network.Config.Sizes[0]
	height, errH := strconv.Atoi(m.Notes[NoteHeight])
	width, errW := strconv.Atoi(m.Notes[NoteWidth])
	if errH == nil && errW == nil && 0 < height && height <= units && 0 < width && width <= units && height*width == units {
		return height, width, nil
	}
	if side := int(math.Sqrt(float64(units))); side*side == units {
		return side, side, nil
	}
	return 0, 0, fmt.Errorf("the model's %d visible units make no square image, and it has no notes %q and %q of another size", units, NoteHeight, NoteWidth)
}

// LoadData reads images to measure the model: of the source that the user gave,
// or else of the named set that the model was trained on. It finds out before
// hours of work whether they will do, notes on w if the model was trained on
// others, and says which source it was.
func (m Model) LoadData(ctx context.Context, w io.Writer, source string, given bool) (set dataset.Set, from string, err error) {
	if !given {
		source = m.Notes[NoteData]
		if !data.Named(source) {
			return set, "", cli.Usagef("no data named: the model was trained on a folder (%s); say where it is with --data", source)
		}
	}
	if set, err = data.Load(ctx, w, source); err != nil {
		return set, "", err
	}
	units := m.Network.Config.Sizes[0]
	if t := set.Test; t.Dim() != units {
		return set, "", fmt.Errorf("%s has images of %d x %d = %d pixels, the model %s makes images of %d", source, t.Width, t.Height, t.Dim(), m.Path, units)
	}
	if set.Train.Len() < 1 || set.Valid.Len() < 1 || set.Test.Len() < 2 {
		return set, "", fmt.Errorf("%s has %d training, %d validation and %d test images: want at least 1, 1 and 2", source, set.Train.Len(), set.Valid.Len(), set.Test.Len())
	}
	if m.Notes[NoteDigest] != data.Digest(set.Train) {
		fmt.Fprintf(w, "targetprop: note: the model was trained on other images (%s) than those of %s\n", m.Notes[NoteData], source)
	}
	return set, source, nil
}
