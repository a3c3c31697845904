package modelfile

import (
	"context"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/dataset"
)

// Origin is what a file tells of the images that its network was trained on.
type Origin struct {
	Path  string
	notes map[string]string
	units int // of the visible layer
}

// ImageSize is the size of the model's images: noted, or square.
func (o Origin) ImageSize() (height, width int, err error) {
	height, errH := strconv.Atoi(o.notes[NoteHeight])
	width, errW := strconv.Atoi(o.notes[NoteWidth])
	if errH == nil && errW == nil && 0 < height && height <= o.units && 0 < width && width <= o.units && height*width == o.units {
		return height, width, nil
	}
	if side := int(math.Sqrt(float64(o.units))); side*side == o.units {
		return side, side, nil
	}
	return 0, 0, fmt.Errorf("the model's %d visible units make no square image, and it has no notes %q and %q of another size", o.units, NoteHeight, NoteWidth)
}

// LoadData reads images to measure the model: of the source that the user gave,
// or else of the named set that the model was trained on. It finds out before
// hours of work whether they will do, notes on w if the model was trained on
// others, and says which source it was.
func (o Origin) LoadData(ctx context.Context, w io.Writer, source string, given bool) (set dataset.Set, from string, err error) {
	if !given {
		source = o.notes[NoteData]
		if !data.Named(source) {
			return set, "", cli.Usagef("no data named: the model was trained on a folder (%s); say where it is with --data", source)
		}
	}
	if set, err = data.Load(ctx, w, source); err != nil {
		return set, "", err
	}
	if t := set.Test; t.Dim() != o.units {
		return set, "", fmt.Errorf("%s has images of %d x %d = %d pixels, the model %s is of images of %d", source, t.Width, t.Height, t.Dim(), o.Path, o.units)
	}
	if set.Train.Len() < 1 || set.Valid.Len() < 1 || set.Test.Len() < 2 {
		return set, "", fmt.Errorf("%s has %d training, %d validation and %d test images: want at least 1, 1 and 2", source, set.Train.Len(), set.Valid.Len(), set.Test.Len())
	}
	if o.notes[NoteDigest] != data.Digest(set.Train) {
		fmt.Fprintf(w, "targetprop: note: the model was trained on other images (%s) than those of %s\n", cli.Plain(o.notes[NoteData]), cli.Plain(source))
	}
	return set, source, nil
}
