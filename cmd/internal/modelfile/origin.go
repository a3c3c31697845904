package modelfile

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/reading"
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
	if set, from, err = o.load(ctx, w, source, given, false); err != nil {
		return set, from, err
	}
	if set.Train.Len() < 1 || set.Valid.Len() < 1 || set.Test.Len() < 2 {
		return set, "", fmt.Errorf("%s has %d training, %d validation and %d test images: want at least 1, 1 and 2", from, set.Train.Len(), set.Valid.Len(), set.Test.Len())
	}
	if o.notes[NoteDigest] != data.Digest(set.Train) {
		fmt.Fprintf(w, "targetprop: note: the model was trained on other images (%s) than those of %s (%s)\n", cli.Plain(o.notes[NoteData]), cli.Plain(from), cli.Plain(cmp.Or(set.Format, set.Name)))
	}
	return set, from, nil
}

// Parts are the parts of a data set for LoadPart.
var Parts = []string{"test", "valid", "train", all}

// all are all examples of a file that has no parts, in their order.
const all = "all"

// LoadPart is LoadData of a part, with the set that it is of.
func (o Origin) LoadPart(ctx context.Context, w io.Writer, source string, given bool, part string) (images dataset.Images, set dataset.Set, from string, err error) {
	if part != all {
		set, from, err = o.LoadData(ctx, w, source, given)
		return map[string]dataset.Images{"test": set.Test, "valid": set.Valid, "train": set.Train}[part], set, from, err
	}
	if !given || data.Named(source) {
		return images, set, "", cli.Usagef("--part %s goes with --data and a folder or a file without parts", all)
	}
	if set, from, err = o.load(ctx, w, source, given, true); err == nil && set.Valid.Len()+set.Test.Len() > 0 {
		err = cli.Usagef("--part %s: %s has parts of its own: name one of them, test, valid or train", all, source)
	}
	return set.Train, set, from, err
}

// load reads images as the model read its own, whose parts it finds again, or undivided.
func (o Origin) load(ctx context.Context, w io.Writer, source string, given, undivided bool) (set dataset.Set, from string, err error) {
	if !given {
		source = o.notes[NoteData]
		if !data.Named(source) {
			return set, "", cli.Usagef("no data named: the model was trained on a folder or a file (%s); say where it is with --data", cli.Plain(source))
		}
	}
	var how data.Reading
	if !data.Named(source) {
		if how, err = ReadingOf(o.notes); err != nil {
			return set, "", fmt.Errorf("%s: %w", o.Path, err)
		}
		how.Undivided = undivided
	}
	shape, err := o.Shape()
	if err != nil {
		return set, "", fmt.Errorf("%s: %w", o.Path, err)
	}
	if set, err = data.Read(ctx, w, source, how); err != nil {
		if set, err = o.unlabelled(ctx, w, source, how, err); err != nil {
			return set, "", o.explain(shape, how, err)
		}
	}
	said, err := shape.Match(ctx, &set)
	if err != nil {
		return set, "", fmt.Errorf("%s is not what the model %s was trained on: %w", source, o.Path, err)
	}
	for _, text := range said {
		fmt.Fprintf(w, "targetprop: note: %s: %s\n", cli.Plain(source), cli.Plain(text))
	}
	return set, source, nil
}

// unlabelled reads a set whose labels are not in the column where the model's were: it has none, as a
// table that is to be classified, or they are found as if nobody had named one.
func (o Origin) unlabelled(ctx context.Context, w io.Writer, source string, how data.Reading, err error) (dataset.Set, error) {
	named, words := how.Label, reading.Unread{}
	if named == "" || !errors.Is(err, table.ErrNoColumn) && !errors.As(err, &words) {
		return dataset.Set{}, err
	}
	if errors.Is(err, table.ErrNoColumn) {
		how.Label = "none"
		set, err := data.Read(ctx, w, source, how)
		if !errors.As(err, &words) {
			return set, err
		}
	}
	how.Label = ""
	set, errFound := data.Read(ctx, w, source, how)
	switch {
	case errFound != nil:
		return set, errFound
	case set.Doubt != nil && !errors.Is(err, table.ErrNoColumn): // they may be numbers that can not be read
		return dataset.Set{}, err
	}
	if set.Train.Labels != nil {
		fmt.Fprintf(w, "targetprop: note: %s: its labels are not in the column %s, as the model's were: they are found by their name or their words\n", cli.Plain(source), cli.Plain(named))
	}
	return set, nil
}

// explain adds to what can not be read what the model would read.
func (o Origin) explain(shape data.Shape, how data.Reading, err error) error {
	if unread := (reading.Unread{}); !errors.As(err, &unread) {
		return err
	}
	what := shape.String()
	if shape.Columns != nil {
		what = "the columns " + data.List(shape.Columns)
	}
	if how.Label != "" {
		what += ", with --label " + cli.Plain(how.Label)
	}
	return fmt.Errorf("%w; the model %s was trained on %s", err, o.Path, what)
}
