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
	start, _ := r.in.Peek(r.in.Size())
	if bytes.HasPrefix(start, []byte(byteOrderMark)) {
		_, _ = r.in.Discard(len(byteOrderMark)) // they are in the buffer
		start = start[len(byteOrderMark):]
	}
	if whole := bytes.LastIndexByte(start, '\n') + 1; whole > 0 && r.in.Buffered() == r.in.Size() {
		start = start[:whole]
	}
	r.csv = columns(r, separator(start))
	r.csv.ReuseRecord = true
	return r
}

// columns reads text whose columns a separator is between.
func columns(from io.Reader, comma rune) *csv.Reader {
	r := csv.NewReader(from)
	r.Comma, r.TrimLeadingSpace = comma, comma != '\t' // a tab that leads is an empty column
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

// separator is what stands between the columns of the first line. It is no comma if all lines of the start
// have as many columns by another separator, none of them empty throughout, with a number like 5,61 in one of them:
// 5,61;1 above 24;0, and 5,61;1 above 5,8;0, which could have commas between its columns too. A heading tells them apart,
// and so do lines that are nothing but numbers with commas between.
func separator(start []byte) rune {
	line, _, _ := bytes.Cut(start, []byte("\n"))
	best := ','
	others := []rune{';', '\t'}
	for _, c := range others {
		if bytes.Count(line, []byte(string(c))) > bytes.Count(line, []byte(string(best))) {
			best = c
		}
	}
	if best != ',' {
		return best
	}
	for _, c := range others {
		rows, err := columns(bytes.NewReader(start), c).ReadAll()
		if err == nil && len(rows) > 0 && len(rows[0]) > 1 && !hasEmptyColumn(rows) && slices.ContainsFunc(slices.Concat(rows...), beginsWithComma) && !areNumbersByComma(start) {
			return c
		}
	}
	return ','
}

// areNumbersByComma tells whether lines, the first aside, are nothing but numbers with commas between.
func areNumbersByComma(start []byte) bool {
	rows, err := columns(bytes.NewReader(start), ',').ReadAll()
	return err == nil && len(rows) > 1 && !slices.ContainsFunc(slices.Concat(rows[1:]...), func(field string) bool { return !isNumber(field) })
}

// hasEmptyColumn tells whether a column, as one after a separator at the end of each line, has nothing in it.
func hasEmptyColumn(rows [][]string) bool {
	for j := range rows[0] {
		if !slices.ContainsFunc(rows, func(row []string) bool { return strings.TrimSpace(row[j]) != "" }) {
			return true
		}
	}
	return false
}
