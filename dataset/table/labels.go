package table

import (
	"fmt"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/dataset/reading"
)

// labels are the column of a table that has them, if one has.
type labels struct {
	words   []string          // of the rows
	known   map[string]string // the labels that there are, as they stand in the file
	label   int               // column, or -1
	guessed bool              // whether it was found because it has words
	called  string            // its name, if it was found by that
	missing missing           // the first label that stands for one that is missing

	total      int   // columns of the table
	headless   bool  // nothing says what they are called
	comma      rune  // what stands between them
	withCommas error // the first label that is a number with a comma
	unclosed   error // the first label with what looks like rows in it
}

// missing is a label that stands for one that is missing, and its line.
type missing struct {
	word string
	line int
}

// check fails if a label takes in the rows behind it, if what was taken for labels, for its words,
// is rather a column of numbers of which some are missing, or if labels are missing. A class may be
// called none or -, unless the others are numbers.
func (l *labels) check() error {
	if l.unclosed != nil {
		return l.unclosed
	}
	numbers := slices.ContainsFunc(l.words, isNumber)
	if l.guessed && numbers && l.withCommas != nil {
		return l.withCommas
	}
	if l.guessed && numbers && slices.ContainsFunc(l.words, func(w string) bool { return !isNumber(w) }) {
		return reading.Unread{
			Err:  fmt.Errorf("column %d has words, as labels have, and numbers too: want the one or the other", l.label+1),
			Flag: fmt.Sprintf("--label %d if it is the labels, --label none if none is", l.label+1),
		}
	}
	if m := l.missing; m.word != "" && (numbers || !slices.Contains([]string{"none", "-"}, strings.ToLower(m.word))) {
		if l.guessed && l.withCommas != nil {
			return l.withCommas
		}
		return fmt.Errorf("line %d has the label %q, in column %d, as if it were missing: leave the line out, or call the class otherwise", m.line, m.word, l.label+1)
	}
	return nil
}

// word is a label. It is the same memory for all rows that have it, and not a piece of one of them.
func (l *labels) word(field string, line int) string {
	if word, ok := l.known[field]; ok {
		return word
	}
	field = strings.Clone(field)
	if l.missing.word == "" && isMissing(field) {
		l.missing = missing{field, line}
	}
	if l.withCommas == nil && hasComma(field) {
		l.withCommas = l.commaError(field, line, l.label)
	}
	if l.unclosed == nil && l.hasRows(field) {
		l.unclosed = fmt.Errorf("lines %d to %d are one row, by a quote that opens in line %d, in column %d: close it there, or, if they are one label, take the line breaks out of it",
			line, line+strings.Count(field, "\n"), line, l.label+1)
	}
	word := field
	if isNumber(field) {
		word = strings.TrimSuffix(field, ".0")
	}
	l.known[field] = word
	return word
}

// hasRows tells whether a label looks like one with the rows behind it, up to the label of the last: its first
// line ends as a row does, and its last line begins so, with numbers in all columns but that of the labels.
func (l *labels) hasRows(label string) bool {
	lines := strings.Split(label, "\n")
	first, last := strings.Split(lines[0], string(l.comma)), strings.Split(lines[len(lines)-1], string(l.comma))
	isNone := func(field string) bool { return !isNumber(field) }
	return len(lines) > 1 && len(first) == l.total-l.label && len(last) == l.label+1 &&
		!slices.ContainsFunc(first[1:], isNone) && !slices.ContainsFunc(last[:l.label], isNone)
}

// commaError is the error of a number with a comma.
func (l *labels) commaError(field string, line, column int) error {
	otherwise := ""
	if l.comma != ',' {
		otherwise = fmt.Sprintf("; or, if the columns have commas between them and not %q, with a heading", l.comma)
	}
	return reading.Unread{
		Err:  fmt.Errorf("line %d, column %d: %q has a comma in it: save the table with decimal points, and with nothing between thousands%s", line, column+1, field, otherwise),
		Flag: fmt.Sprintf("--label %d if it is a label", column+1),
	}
}
