package data

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/dataset"
)

// Match makes of a set what a model of examples of shape s reads as it read those that it was
// trained on, or fails. said is what it took for what, in words.
func (s Shape) Match(ctx context.Context, set *dataset.Set) (said []string, err error) {
	for _, match := range []func(*dataset.Set) (string, error){s.matchColumns, s.matchSizes} {
		text, err := match(set)
		if err != nil {
			return nil, err
		}
		if text != "" {
			said = append(said, text)
		}
	}
	if err := checkUnits(ctx, *set); err != nil {
		return nil, err
	}
	match := s.matchPictures
	if s.Flat || s.Scale != nil && len(s.Scale.Lo) > 1 {
		match = s.matchRows
	}
	scale, read, err := match(ctx, *set)
	set.Train.Scale, set.Valid.Scale, set.Test.Scale = scale, scale, scale
	if err != nil {
		return nil, err
	}
	said = append(said, read...)
	uncut, err := Uncut(ctx, *set)
	if uncut != "" {
		said = append(said, uncut)
	}
	return said, err
}

// matchColumns fails if the columns have other names, or the same in another order.
func (s Shape) matchColumns(set *dataset.Set) (said string, err error) {
	columns := composed(asNoted(set.Columns))
	s.Columns = composed(s.Columns)
	if s.Columns == nil || slices.Equal(columns, s.Columns) {
		return "", nil
	}
	if columns == nil {
		return "they have no names, and are taken for " + List(s.Columns), nil
	}
	for j, name := range s.Columns {
		if !slices.Contains(columns, name) {
			return "", fmt.Errorf("there is no column %q, and the model was trained on one: want its columns in its order, %s", name, List(s.Columns))
		}
		if j < len(columns) && columns[j] != name && slices.Contains(s.Columns, columns[j]) {
			return "", fmt.Errorf("column %q stands where the model was trained on %q: want its columns in its order, %s", columns[j], name, List(s.Columns))
		}
	}
	for _, name := range columns {
		if !slices.Contains(s.Columns, name) {
			return "", fmt.Errorf("there is a column %q, and the model was trained on none: want its columns in its order, %s", name, List(s.Columns))
		}
	}
	return "", fmt.Errorf("the columns are %s; the model was trained on %s", List(columns), List(s.Columns))
}

// checkNames fails if a name of a column or a class is no UTF-8, as of a table in Latin-1 or of a folder from
// an old archive: the notes of a model, which are JSON, could not keep it.
func checkNames(set dataset.Set) error {
	for _, of := range []struct {
		what, advice string
		names        []string
	}{
		{"column", "save the table as UTF-8", set.Columns},
		{"class", "save the table as UTF-8, or rename the folder", set.Classes},
	} {
		for _, name := range of.names {
			if !utf8.ValidString(name) {
				return fmt.Errorf("the name %+q of a %s is no UTF-8, and a model could not keep it: %s", name, of.what, of.advice)
			}
		}
	}
	return nil
}

// checkColumns fails if two columns have one name: a model, which knows them by their names, could
// not tell them apart.
func checkColumns(set dataset.Set) error {
	seen := map[string]bool{}
	for _, name := range composed(asNoted(set.Columns)) {
		if seen[name] {
			return fmt.Errorf("two columns are called %q, and a model knows columns by their names: call one otherwise, or leave it out", name)
		}
		seen[name] = true
	}
	return nil
}

// asNoted are names as the notes of a model have them, in JSON: what is no UTF-8 is \ufffd there.
func asNoted(names []string) []string {
	var noted []string
	for _, name := range names {
		noted = append(noted, string([]rune(name)))
	}
	return noted
}

// composed are names in one form of Unicode.
func composed(names []string) []string {
	names = slices.Clone(names)
	for i := range names {
		names[i] = norm.NFC.String(names[i])
	}
	return names
}

// List writes names, but not hundreds.
func List(names []string) string {
	const most = 20
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", List(names[:most]), len(names)-most)
	}
	return cli.Plain(strings.Join(names, ", "))
}

// matchSizes fails if pictures are of another shape. Rows of as many numbers are taken for
// pictures, and the numbers of pictures for rows.
func (s Shape) matchSizes(set *dataset.Set) (said string, err error) {
	has := ShapeOf(*set)
	switch {
	case has.numbers() != s.numbers():
		return "", fmt.Errorf("its images are of %s, and the model's of %s", has.Amount(), s.Amount())
	case s.guessed, has.Height == s.Height && has.Width == s.Width && has.Channels == s.Channels && has.Flat == s.Flat:
		return "", nil
	case !has.Flat && !s.Flat:
		return "", fmt.Errorf("its images are of %s, and the model's of %s", has, s)
	}
	for _, part := range []*dataset.Images{&set.Train, &set.Valid, &set.Test} {
		part.Height, part.Width, part.Channels, part.Flat = s.Height, s.Width, s.Channels, s.Flat
	}
	return fmt.Sprintf("examples of %s are taken for %s", has, s), nil
}

// matchPictures is what a model of pictures reads as 0 and 1 among the numbers of a set. A number
// is what the same number was in training, but for pictures of a common kind: bytes, numbers from
// 0 to 255 and numbers from 0 to 1 are one to a model of any of them. It fails if the numbers can
// be neither.
func (s Shape) matchPictures(ctx context.Context, set dataset.Set) (scale *dataset.Scale, said []string, err error) {
	t := set.Train
	low, high := rangeOf(t)
	from := s.Scale
	if from == nil {
		from = bounds(0, 1)
	}
	lo, hi := from.Lo[0], from.Hi[0]
	if lo != 0 || hi != 1 && hi != 255 {
		had, has := float64(hi)-float64(lo), float64(high)-float64(low)
		outside := low > hi || high < lo
		lies := fmt.Sprintf("its numbers are from %g to %g, and the model's were from %g to %g", low, high, lo, hi)
		switch {
		case had > 0 && (outside || has > farther*had || has > 0 && has*muchSmaller < had):
			return nil, nil, fmt.Errorf("%s: want numbers that mean the same", lies)
		case has > 0 && has*farther < had: // or the pictures are few, or pale
			said = []string{lies}
		}
		return from, said, nil
	}
	bytes := !t.Floats()
	if !bytes && low >= 0 && high > 1 && high <= 255 && (high > 63 || hi == 255) {
		if bytes, err = mostBeyond(ctx, t, *bounds(0, 1)); err != nil {
			return nil, nil, err
		}
	}
	one := bounds(0, 255)
	one.Signed = from.Signed
	switch {
	case low >= 0 && high <= 1:
		one.Hi[0] = 1
	case !bytes:
		return nil, nil, fmt.Errorf("its numbers are from %g to %g, and the model was trained on bytes, or on numbers from 0 to 1: want these", low, high)
	}
	byItself := float32(255) // what is 1 without a scale
	if t.Floats() {
		byItself = 1
	}
	if s.Scale == nil && one.Hi[0] == byItself {
		return nil, nil, nil
	}
	if one.Hi[0] != hi {
		said = []string{fmt.Sprintf("its numbers from 0 to %g are taken for the model's from 0 to %g", one.Hi[0], hi)}
	}
	return one, said, nil
}
