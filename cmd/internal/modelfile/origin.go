package modelfile

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/table"
)

// Origin is what a file tells of the images that its network was trained on.
type Origin struct {
	Path  string
	notes map[string]string
	units int // of the visible layer
}

// Shape is that of the model's examples: noted, or a square image.
func (o Origin) Shape() (data.Shape, error) { return data.ReadShape(o.notes, o.units) }

// LoadData reads images to measure the model: of the source that the user gave,
// or else of the named set that the model was trained on. It finds out before
// hours of work whether they will do, notes on w if the model was trained on
// others, and says which source it was.
func (o Origin) LoadData(ctx context.Context, w io.Writer, source string, given bool) (set dataset.Set, from string, err error) {
	if !given {
		source = o.notes[NoteData]
		if !data.Named(source) {
			return set, "", cli.Usagef("no data named: the model was trained on a folder or a file (%s); say where it is with --data", cli.Plain(source))
		}
	}
	var how data.Reading
	if !data.Named(source) {
		how = ReadingOf(o.notes)
	}
	if set, err = data.Read(ctx, w, source, how); errors.Is(err, table.ErrNoColumn) {
		how.Label = "none" // it has no labels, as one that is to be classified
		set, err = data.Read(ctx, w, source, how)
	}
	if err != nil {
		return set, "", err
	}
	shape, err := o.Shape()
	if err != nil {
		return set, "", fmt.Errorf("%s: %w", o.Path, err)
	}
	said, err := shape.Match(&set)
	if err != nil {
		return set, "", fmt.Errorf("%s is not what the model %s was trained on: %w", source, o.Path, err)
	}
	if set.Train.Len() < 1 || set.Valid.Len() < 1 || set.Test.Len() < 2 {
		return set, "", fmt.Errorf("%s has %d training, %d validation and %d test images: want at least 1, 1 and 2", source, set.Train.Len(), set.Valid.Len(), set.Test.Len())
	}
	if o.notes[NoteDigest] != data.Digest(set.Train) {
		fmt.Fprintf(w, "targetprop: note: the model was trained on other images (%s) than those of %s\n", cli.Plain(o.notes[NoteData]), cli.Plain(source))
	}
	for _, text := range said {
		fmt.Fprintf(w, "targetprop: note: %s: %s\n", cli.Plain(source), cli.Plain(text))
	}
	return set, source, nil
}
