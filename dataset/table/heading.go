package table

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/targetprop/targetprop/dataset/reading"
)

// labelNames are what columns of labels are called.
var labelNames = []string{"label", "labels", "class", "target", "y", "species", "category"}

// isHeading tells whether the first row has words where the second has numbers, or has no number and the
// second has those with a comma. It is one too if it names the column of labels, or if it counts the columns,
// which programs do that have no names for them. A number with a comma is no word.
func isHeading(first, second []string, label string) bool {
	for i, field := range first {
		if !looksNumber(field) && !isMissing(field) && isNumber(second[i]) {
			return true
		}
		if name := strings.TrimSpace(field); field != second[i] && (isLabelName(name) && !isClass(name) || isText(name, label) && label != "none" && !isNumber(name)) {
			return true
		}
	}
	if !slices.ContainsFunc(first, looksNumber) && slices.ContainsFunc(second, hasComma) {
		return true
	}
	return counts(first) && !counts(second)
}

// isText tells whether two names are the same text, in whatever form of Unicode.
func isText(a, b string) bool { return norm.NFC.String(a) == norm.NFC.String(b) }

// isClass tells whether a name of a column of labels can be that of a class: y and n, target and
// background.
func isClass(name string) bool {
	return strings.EqualFold(name, "y") || strings.EqualFold(name, "target")
}

// counts tells whether a row is 0, 1, 2 and on, beside a column of labels. Two numbers may be 0
// and 1 for other reasons.
func counts(row []string) bool {
	n := 0
	for _, field := range row {
		if field = strings.TrimSpace(field); field == strconv.Itoa(n) {
			n++
		} else if !isLabelName(field) {
			return false
		}
	}
	return len(row) > 2 && n >= len(row)-1
}

// isLabelName tells whether a column of this name has labels.
func isLabelName(name string) bool { return slices.Contains(labelNames, strings.ToLower(name)) }

// isMissing tells whether a field stands for a number that is missing: it makes no heading and
// no labels.
func isMissing(field string) bool {
	return slices.Contains([]string{"", "na", "n/a", "nan", "null", "none", "?", "-"}, strings.ToLower(strings.TrimSpace(field)))
}

// isNumber tells whether a field is a number.
func isNumber(field string) bool {
	_, err := reading.Number(strings.TrimSpace(field))
	return err == nil || errors.Is(err, strconv.ErrRange)
}

// commaNumber is a number with a comma before its fraction, and with points or nothing between its thousands:
// 5,61 and 1.234,56. 1,234 may be that too, or a thousand and more; 0.123,4 is none.
var commaNumber = regexp.MustCompile(`^[-+]?([0-9]*|[1-9][0-9]{0,2}(\.[0-9]{3})+),[0-9]+([eE][-+]?[0-9]+)?$`)

// commaQuantity is a number with a comma that a unit may stand behind: 5,61% and 5,61 cm.
var commaQuantity = regexp.MustCompile(`^[-+<>]?([0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+),[0-9]+(\s*[%‰€$£°]\S{0,3}|\s+\S{1,5})?$`)

// twoNumbers is what is left of 5,61|1 behind the comma: two columns, with what no table here has between them.
var twoNumbers = regexp.MustCompile(`^[0-9]+\s*[|:\s]\s*[0-9]+$`)

// beginsWithComma tells whether a field is such a number.
func beginsWithComma(field string) bool {
	field = strings.TrimSpace(field)
	return hasComma(field) || commaQuantity.MatchString(field)
}

// hasComma tells whether a field is a number with a comma in it. Where it is to be read it is refused; as a label
// it is a word, like 1,2 for the first class and the second.
func hasComma(field string) bool { return commaNumber.MatchString(strings.TrimSpace(field)) }

// looksNumber tells whether a field is meant as a number, or may be.
func looksNumber(field string) bool { return isNumber(field) || hasComma(field) }

// ErrNoColumn is the error of a table without the column of labels that was named.
var ErrNoColumn = errors.New("no column of labels")

type noColumn string

func (n noColumn) Error() string        { return string(n) }
func (n noColumn) Is(target error) bool { return target == ErrNoColumn }

// labelColumn finds the column of labels, or -1, and tells whether it is one only because it
// has words.
func labelColumn(label string, columns, row []string) (column int, guessed bool, err error) {
	if label == "none" {
		return -1, false, nil
	}
	if label != "" {
		i := slices.Index(columns, label)
		if i < 0 {
			i = slices.IndexFunc(columns, func(name string) bool { return isText(name, label) })
		}
		if i >= 0 {
			return i, false, onlyOne(columns, i)
		}
		if n, err := strconv.Atoi(label); err == nil && 1 <= n && n <= len(row) {
			return n - 1, false, nil
		}
		if columns == nil {
			return 0, false, noColumn(fmt.Sprintf("has no heading and no column %q: want a number from 1 to %d", label, len(row)))
		}
		return 0, false, noColumn(fmt.Sprintf("has no column %q: its columns are %s", label, strings.Join(columns, ", ")))
	}
	for i, name := range columns {
		if isLabelName(strings.TrimSpace(name)) {
			return i, false, onlyOne(columns, i)
		}
	}
	for _, i := range []int{len(row) - 1, 0} {
		if !isNumber(row[i]) && !isMissing(row[i]) {
			return i, true, nil
		}
	}
	return -1, false, nil
}

// onlyOne fails if another column has the name of column i: either may be the labels, and the other
// would tell a model the answer.
func onlyOne(columns []string, i int) error {
	if j := slices.IndexFunc(columns[i+1:], func(name string) bool { return isText(name, columns[i]) }); j >= 0 {
		return reading.Unread{
			Err:  fmt.Errorf("columns %d and %d are both called %q: want one of labels, and no other of its name", i+1, i+j+2, columns[i]),
			Flag: fmt.Sprintf("--label %d or %d says which has the labels", i+1, i+j+2),
		}
	}
	return nil
}
