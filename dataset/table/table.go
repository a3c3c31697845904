// Package table reads tables of numbers with commas, semicolons or tabs between the
// columns, with or without a heading and a column of labels.
package table

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/internal/memory"
)

// Format is that of tables.
var Format = reading.Format{Name: "CSV", Recognise: recognise, Read: read}

var isTable = reading.Ends(".csv", ".tsv")

func recognise(_ context.Context, path string) (bool, error) {
	files, err := reading.Files(path, isTable)
	return len(files) > 0, err
}

// table is the content of a file.
type table struct {
	columns []string // nil without a heading
	numbers []float32
	width   int // of them
	labels

	rounding reading.Rounding
}

func read(ctx context.Context, path string, o reading.Options) (dataset.Set, error) {
	set := dataset.Set{Format: "a table of numbers"}
	files, err := reading.Files(path, isTable)
	if err != nil {
		return set, err
	}
	var tables [3]*table
	var before *table
	var words []string
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return set, err
		}
		part, _ := reading.PartOf(filepath.Base(file))
		if tables[part] != nil {
			return set, fmt.Errorf("%s: a second table of %s examples; name the one that you mean", file, part.Name())
		}
		t, err := readTable(ctx, file, o.Label)
		if err != nil {
			return set, fmt.Errorf("%s: %w", file, err)
		}
		if before != nil && t.unlike(before) {
			return set, fmt.Errorf("%s has %s; another table of the set has %s: want the same columns in the same order", file, t.layout(), before.layout())
		}
		before, tables[part] = t, t
		if part == reading.Train || o.Split.None {
			if err := t.rounding.Check(o.Width == 0, t.name); err != nil {
				return set, fmt.Errorf("%s: %w", file, err)
			}
		}
		words = append(words, t.words...)
		images := reading.Of(&set, part)
		*images = dataset.Images{Height: 1, Width: t.width, Numbers: t.numbers, Flat: true}
		if set.Columns == nil {
			set.Columns = t.columns
		}
	}
	if words == nil {
		return set, nil
	}
	set.Doubt = doubt(before.labels, words)
	labels, classes, err := reading.LabelsOf(words)
	switch {
	case err != nil && set.Doubt != nil:
		return set, fmt.Errorf("%s: %w", path, set.Doubt)
	case err != nil && before.guessed:
		return set, fmt.Errorf("%s: %w", path, reading.Unread{Err: fmt.Errorf("column %d, whose words are taken for labels: %w", before.label+1, err), Flag: "--label says which column has labels, or none"})
	case err != nil:
		return set, fmt.Errorf("%s, labels in column %d: %w", path, before.label+1, err)
	}
	set.Classes = classes
	for _, file := range files {
		part, _ := reading.PartOf(filepath.Base(file))
		if n := len(tables[part].words); n > 0 {
			reading.Of(&set, part).Labels, labels = labels[:n:n], labels[n:]
		}
	}
	return set, nil
}

func readTable(ctx context.Context, file, label string) (*table, error) {
	f, err := atomicfile.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	// A number of four bytes has two or more of text, and the slice that grows is there twice.
	if err := memory.Check("to hold its numbers", 2*float64(info.Size())); err != nil {
		return nil, err
	}
	r := newRows(ctx, f)
	var first, second []string
	if first, err = r.next(); errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("is empty")
	} else if err != nil {
		return nil, err
	}
	firstLine, _ := r.csv.FieldPos(0)
	first = slices.Clone(first)
	if second, err = r.next(); errors.Is(err, io.EOF) {
		if slices.ContainsFunc(first, func(field string) bool { return strings.Contains(field, "\r") }) {
			return nil, fmt.Errorf("its lines end in carriage returns alone, as those of old Macintosh programs, and are one row: save it with the line ends of other systems")
		}
		return nil, fmt.Errorf("has one row: want two or more")
	} else if err != nil {
		return nil, err
	}
	t := &table{labels: labels{known: map[string]string{}, total: len(first), comma: r.csv.Comma}}
	if isHeading(first, second, label) {
		t.columns = first
	}
	t.headless = t.columns == nil
	if t.label, t.guessed, err = labelColumn(label, t.columns, second); err != nil {
		return nil, err
	}
	if label == "" && t.label >= 0 && !t.guessed {
		t.called = strings.TrimSpace(first[t.label])
	}
	if t.width = len(first); t.label >= 0 {
		t.width--
		if t.columns != nil {
			t.columns = slices.Delete(slices.Clone(t.columns), t.label, t.label+1)
		}
	}
	if t.width < 1 {
		return nil, fmt.Errorf("has no column of numbers")
	}
	if t.columns == nil {
		if err := t.add(first, firstLine); err != nil {
			return nil, err
		}
	}
	for row := second; ; {
		line, _ := r.csv.FieldPos(0)
		if err := t.add(row, line); err != nil {
			return nil, err
		}
		if row, err = r.next(); errors.Is(err, io.EOF) {
			return t, t.labels.check()
		} else if err != nil {
			return nil, err
		}
	}
}

// name is the column of number j.
func (t *table) name(j int) string {
	column := j + 1
	if t.label >= 0 && j >= t.label {
		column++
	}
	if t.columns == nil {
		return fmt.Sprintf("column %d", column)
	}
	return fmt.Sprintf("column %d, %s", column, t.columns[j])
}

// unlike tells whether the columns of two tables of a set stand for different things, as far
// as they say.
func (t *table) unlike(other *table) bool {
	return t.columns != nil && other.columns != nil && !slices.EqualFunc(t.columns, other.columns, isText) ||
		t.label >= 0 && other.label >= 0 && t.label != other.label
}

// layout is the columns in words.
func (t *table) layout() string {
	text := "no heading"
	if t.columns != nil {
		text = "the columns " + strings.Join(t.columns, ", ")
	}
	if t.label >= 0 {
		text += fmt.Sprintf(", and labels in column %d", t.label+1)
	}
	return text
}

// add takes a row.
func (t *table) add(row []string, line int) error {
	j := 0 // of the numbers
	for i, field := range row {
		field = strings.TrimSpace(field)
		if i == t.label {
			if field == "" {
				if t.guessed && t.withCommas != nil {
					return t.withCommas
				}
				return fmt.Errorf("line %d has no label, in column %d", line, i+1)
			}
			t.words = append(t.words, t.word(field, line))
			continue
		}
		x, err := reading.Number(field)
		if err != nil && hasComma(field) {
			return t.commaError(field, line, i)
		}
		if err != nil || math.IsNaN(x) || math.Abs(x) > math.MaxFloat32 {
			return reading.Unread{Err: fmt.Errorf("line %d, column %d: %q is no finite number", line, i+1, field), Flag: "--label says which column has labels"}
		}
		rest := 0.0
		if math.Abs(x) > 1<<53 {
			if n, err := strconv.ParseInt(field, 10, 64); err == nil {
				x, rest = reading.Whole(n>>32, uint32(n))
			}
		}
		t.numbers = append(t.numbers, t.rounding.Take(j, x, rest))
		j++
	}
	return nil
}
