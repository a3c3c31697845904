// Package table reads tables of numbers with commas, semicolons or tabs between the
// columns, with or without a heading and a column of labels.
package table

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/reading"
)

// Format is that of tables.
var Format = reading.Format{Name: "CSV", Recognise: recognise, Read: read}

var isTable = reading.Ends(".csv", ".tsv")

func recognise(path string) (bool, error) {
	files, err := reading.Files(path, isTable)
	return len(files) > 0, err
}

// labelNames are what columns of labels are called.
var labelNames = []string{"label", "labels", "class", "target", "y", "species", "category"}

// table is the content of a file.
type table struct {
	columns []string // nil without a heading
	numbers []float32
	width   int      // of them
	words   []string // labels
	label   int      // column, or -1
}

func read(ctx context.Context, path string, o reading.Options) (dataset.Set, error) {
	set := dataset.Set{Format: "a table of numbers"}
	files, err := reading.Files(path, isTable)
	if err != nil {
		return set, err
	}
	var tables [3]*table
	var words []string
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return set, err
		}
		part, _ := reading.PartOf(filepath.Base(file))
		if tables[part] != nil {
			return set, fmt.Errorf("%s: a second table of %s examples; name the one that you mean", file, part.Name())
		}
		t, err := readTable(file, o.Label)
		if err != nil {
			return set, fmt.Errorf("%s: %w", file, err)
		}
		tables[part] = t
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
	labels, classes, err := reading.LabelsOf(words)
	if err != nil {
		return set, fmt.Errorf("%s: %w", path, err)
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

func readTable(file, label string) (*table, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<16)
	start, _ := in.Peek(1 << 12)
	r := csv.NewReader(in)
	r.Comma, r.ReuseRecord, r.TrimLeadingSpace = separator(start), true, true
	var first, second []string
	if first, err = next(r); errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("is empty")
	} else if err != nil {
		return nil, err
	}
	firstLine, _ := r.FieldPos(0)
	first = slices.Clone(first)
	if second, err = next(r); errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("has one row: want two or more")
	} else if err != nil {
		return nil, err
	}
	t := &table{}
	if isHeading(first, second) {
		t.columns = first
	}
	if t.label, err = labelColumn(label, t.columns, second); err != nil {
		return nil, err
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
		line, _ := r.FieldPos(0)
		if err := t.add(row, line); err != nil {
			return nil, err
		}
		if row, err = next(r); errors.Is(err, io.EOF) {
			return t, nil
		} else if err != nil {
			return nil, err
		}
	}
}

// next is the next row, with the line in the error.
func next(r *csv.Reader) ([]string, error) {
	row, err := r.Read()
	if parse := (*csv.ParseError)(nil); errors.As(err, &parse) && errors.Is(err, csv.ErrFieldCount) {
		return nil, fmt.Errorf("line %d has %d columns: want %d, as the first line", parse.Line, len(row), r.FieldsPerRecord)
	}
	return row, err
}

// separator is what stands between the columns of the first line.
func separator(start []byte) rune {
	line, _, _ := strings.Cut(string(start), "\n")
	best := ','
	for _, c := range []rune{';', '\t'} {
		if strings.Count(line, string(c)) > strings.Count(line, string(best)) {
			best = c
		}
	}
	return best
}

// isHeading tells whether the first row has words where the second has numbers.
func isHeading(first, second []string) bool {
	for i, field := range first {
		if !isNumber(field) && isNumber(second[i]) {
			return true
		}
	}
	return false
}

func isNumber(field string) bool {
	_, err := strconv.ParseFloat(strings.TrimSpace(field), 64)
	return err == nil
}

// labelColumn finds the column of labels, or -1.
func labelColumn(label string, columns, row []string) (int, error) {
	if label == "none" {
		return -1, nil
	}
	if label != "" {
		if i := slices.Index(columns, label); i >= 0 {
			return i, nil
		}
		if n, err := strconv.Atoi(label); err == nil && 1 <= n && n <= len(row) {
			return n - 1, nil
		}
		if columns == nil {
			return 0, fmt.Errorf("has no heading and no column %q: want a number from 1 to %d", label, len(row))
		}
		return 0, fmt.Errorf("has no column %q: its columns are %s", label, strings.Join(columns, ", "))
	}
	for i, name := range columns {
		if slices.Contains(labelNames, strings.ToLower(strings.TrimSpace(name))) {
			return i, nil
		}
	}
	for _, i := range []int{len(row) - 1, 0} {
		if !isNumber(row[i]) && strings.TrimSpace(row[i]) != "" {
			return i, nil
		}
	}
	return -1, nil
}

// add takes a row.
func (t *table) add(row []string, line int) error {
	for i, field := range row {
		field = strings.TrimSpace(field)
		if i == t.label {
			if field == "" {
				return fmt.Errorf("line %d has no label, in column %d", line, i+1)
			}
			t.words = append(t.words, strings.TrimSuffix(field, ".0"))
			continue
		}
		x, err := strconv.ParseFloat(field, 64)
		if err != nil || math.IsNaN(x) || math.Abs(x) > math.MaxFloat32 {
			return fmt.Errorf("line %d, column %d: %q is no finite number; --label says which column has labels", line, i+1, field)
		}
		t.numbers = append(t.numbers, float32(x))
	}
	return nil
}
