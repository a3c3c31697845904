package table

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// rows are those of a file, one after the other.
type rows struct {
	csv *csv.Reader
	ctx context.Context
	in  *bufio.Reader
	row int // bytes read since the row began
}

// maxRow is the most bytes of a row, which is held in memory: 2^20 numbers, as many as a
// layer has units, of 16 bytes.
const maxRow = 1 << 24

// byteOrderMark stands before the text of some programs, and is no part of it.
const byteOrderMark = "\ufeff"

func newRows(ctx context.Context, from io.Reader) *rows {
	r := &rows{ctx: ctx, in: bufio.NewReaderSize(from, 1<<16)}
	start, _ := r.in.Peek(1 << 12)
	comma := separator(start)
	if bytes.HasPrefix(start, []byte(byteOrderMark)) {
		_, _ = r.in.Discard(len(byteOrderMark)) // they are in the buffer
	}
	r.csv = csv.NewReader(r)
	r.csv.Comma, r.csv.ReuseRecord = comma, true
	r.csv.TrimLeadingSpace = comma != '\t' // a tab that leads is an empty column
	return r
}

// Read is for the reader of CSV.
func (r *rows) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	if r.row > maxRow {
		return 0, fmt.Errorf("a row has more than %d bytes", maxRow)
	}
	n, err := r.in.Read(b)
	r.row += n
	return n, err
}

// next is the next row, with the line in the error.
func (r *rows) next() ([]string, error) {
	r.row = 0
	row, err := r.csv.Read()
	if parse := (*csv.ParseError)(nil); errors.As(err, &parse) && errors.Is(err, csv.ErrFieldCount) {
		return nil, fmt.Errorf("line %d has %d columns: want %d, as the first line", parse.Line, len(row), r.csv.FieldsPerRecord)
	}
	return row, err
}

// separator is what stands between the columns of the first line. It is no comma if between what may
// stand there a number of the first two lines has one: 5,61;1.
func separator(start []byte) rune {
	line, rest, _ := strings.Cut(string(start), "\n")
	second, _, _ := strings.Cut(rest, "\n")
	for _, c := range []string{";", "\t"} {
		for _, line := range []string{line, second} {
			fields := strings.Split(line, c)
			if len(fields) > 1 && slices.ContainsFunc(fields, func(f string) bool { return hasComma(strings.Trim(f, "\" \r")) }) {
				return rune(c[0])
			}
		}
	}
	best := ','
	for _, c := range []rune{';', '\t'} {
		if strings.Count(line, string(c)) > strings.Count(line, string(best)) {
			best = c
		}
	}
	return best
}
