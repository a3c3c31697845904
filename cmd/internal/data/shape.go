package data

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"

	"golang.org/x/text/unicode/norm"

	"github.com/targetprop/targetprop/dataset"
)

// Keys of the notes about the shape of examples in the metadata of models. All but
// height and width are only there if they are not what they are for grey bytes.
const (
	noteHeight   = "height" // of an image, in pixels
	noteWidth    = "width"
	noteChannels = "channels"
	noteFlat     = "flat"  // "true" for rows of numbers
	noteScale    = "scale" // of a dataset.Scale, as JSON

	// NoteColumns are the names of the numbers, as JSON.
	NoteColumns = "columns"
)

// Shape is what a model's examples look like, and what their numbers stand for.
type Shape struct {
	Height, Width, Channels int
	Flat                    bool // a row of numbers
	Scale                   *dataset.Scale
	Columns                 []string
	guessed                 bool // the notes of the model do not say height and width
}

// numbers are as many as an example has.
func (s Shape) numbers() int { return s.Height * s.Width * s.Channels }

// Fits tells whether one set can be of both shapes, as far as is known of them.
func (s Shape) Fits(other Shape) bool {
	known := !s.guessed && !other.guessed && !s.Flat && !other.Flat // rows of numbers may be pictures, too
	return s.numbers() == other.numbers() && (!known || slices.Equal(s.Sizes(), other.Sizes())) &&
		(s.Columns == nil || other.Columns == nil || slices.EqualFunc(s.Columns, other.Columns, func(a, b string) bool { return norm.NFC.String(a) == norm.NFC.String(b) }))
}

// ShapeOf is that of a set.
func ShapeOf(set dataset.Set) Shape {
	t := set.Train
	return Shape{Height: t.Height, Width: t.Width, Channels: t.Depth(), Flat: t.Flat, Scale: t.Scale, Columns: set.Columns}
}

// Note adds the shape to the notes of a model.
func (s Shape) Note(notes map[string]string) {
	notes[noteHeight], notes[noteWidth] = strconv.Itoa(s.Height), strconv.Itoa(s.Width)
	if s.Channels > 1 {
		notes[noteChannels] = strconv.Itoa(s.Channels)
	}
	if s.Flat {
		notes[noteFlat] = "true"
	}
	for key, value := range map[string]any{noteScale: s.Scale, NoteColumns: s.Columns} {
		if text, err := json.Marshal(value); err == nil && string(text) != "null" {
			notes[key] = string(text)
		}
	}
}

// ReadShape is the noted shape of a model with so many visible units; without notes,
// a square.
func ReadShape(notes map[string]string, units int) (Shape, error) {
	s := Shape{Channels: 1, Flat: notes[noteFlat] == "true"}
	if text := notes[noteScale]; text != "" {
		if err := json.Unmarshal([]byte(text), &s.Scale); err != nil || !s.Scale.Fits(units) || isUpsideDown(s.Scale) {
			return s, fmt.Errorf("its note %q is none for %d numbers", noteScale, units)
		}
	}
	if text := notes[NoteColumns]; text != "" {
		if err := json.Unmarshal([]byte(text), &s.Columns); err != nil || len(s.Columns) != units {
			return s, fmt.Errorf("its note %q is none for %d numbers", NoteColumns, units)
		}
	}
	if text := notes[noteChannels]; text != "" {
		if n, err := strconv.Atoi(text); err == nil && 1 <= n && n <= 4 {
			s.Channels = n
		}
	}
	height, errH := strconv.Atoi(notes[noteHeight])
	width, errW := strconv.Atoi(notes[noteWidth])
	if errH == nil && errW == nil && 0 < height && height <= units && 0 < width && width <= units && height*width*s.Channels == units {
		s.Height, s.Width = height, width
		return s, nil
	}
	if side := int(math.Sqrt(float64(units))); side*side == units {
		s.Height, s.Width, s.Channels, s.guessed = side, side, 1, true
		return s, nil
	}
	return s, fmt.Errorf("the model's %d visible units make no square image, and it has no notes %q and %q of another size", units, noteHeight, noteWidth)
}

// isUpsideDown tells whether a number's highest value is below its lowest: of one that is constant they
// are the same.
func isUpsideDown(s *dataset.Scale) bool {
	if s == nil {
		return false
	}
	for j := range s.Lo {
		if s.Lo[j] > s.Hi[j] {
			return true
		}
	}
	return false
}

// Sizes are those of an example, for an array.
func (s Shape) Sizes() []int {
	switch {
	case s.Flat:
		return []int{s.Width}
	case s.Channels > 1:
		return []int{s.Height, s.Width, s.Channels}
	}
	return []int{s.Height, s.Width}
}

// String is for people.
func (s Shape) String() string {
	switch {
	case s.Flat:
		return fmt.Sprintf("%d numbers", s.Width)
	case s.Channels > 1:
		return fmt.Sprintf("%d x %d pixels in colour", s.Width, s.Height)
	}
	return fmt.Sprintf("%d x %d pixels", s.Width, s.Height)
}

// Amount is the shape with the number of numbers.
func (s Shape) Amount() string {
	switch {
	case s.Flat:
		return s.String()
	case s.Channels > 1:
		return fmt.Sprintf("%d x %d x %d = %d bytes of colour", s.Width, s.Height, s.Channels, s.Width*s.Height*s.Channels)
	}
	return fmt.Sprintf("%d x %d = %d pixels", s.Width, s.Height, s.Width*s.Height)
}
