package table

import (
	"fmt"
	"math"

	"github.com/targetprop/targetprop/dataset/reading"
)

const (
	// fewClasses is how many numbers are classes in any case: of y and target, which are names of
	// coordinates and quantities too, not more.
	fewClasses = 20
	// fewEach is how many examples of each there are at least, of more numbers in a column that is called label.
	fewEach = 5
)

// doubt says why what was taken for labels because of its column's name, or because numbers with a comma are no
// numbers, may be none: some are fractions, or there are many.
func doubt(l labels, words []string) error {
	column := fmt.Sprintf("%d", l.label+1)
	switch {
	case l.guessed && l.decimal != "":
		return reading.Unread{
			Err:  fmt.Errorf("%s may be a number with a decimal comma, and column %s, as %s, would be taken for labels: save the table with decimal points if it is", l.decimal, column, words[0]),
			Flag: "--label " + column + " if it has the labels",
		}
	case l.guessed && l.withCommas == nil, !l.guessed && l.called == "":
		return nil
	}
	different, fraction := map[string]bool{}, ""
	for _, w := range words {
		if different[w] {
			continue
		}
		different[w] = true
		if !looksNumber(w) {
			return nil
		}
		if fraction == "" && l.isFraction(w) {
			fraction = w
		}
	}
	var why string
	switch n := len(different); {
	case fraction != "":
		why = fmt.Sprintf("has fractions, as %s", fraction)
	case n > fewClasses && (isClass(l.called) || len(words) < fewEach*n):
		why = fmt.Sprintf("has %d different numbers in %d rows", n, len(words))
	default:
		return nil
	}
	if l.guessed {
		return reading.Unread{
			Err:  fmt.Errorf("column %s %s, and would be taken for labels because of their commas: save the table with decimal points, and with nothing between thousands, if they are numbers like the others", column, why),
			Flag: "--label " + column + " if it has the labels",
		}
	}
	return reading.Unread{
		Err:  fmt.Errorf("the column %q %s, and would be taken for labels because of its name", l.called, why),
		Flag: fmt.Sprintf("--label none if it is a number like the others, --label %s if it has the labels", l.called),
	}
}

// isFraction tells whether a word is a number that is not whole. With a comma it is, unless columns have commas
// between them: there it is in quotes, as 1,2 for two classes, or a thousand and more.
func (l *labels) isFraction(word string) bool {
	if x, err := reading.Number(word); err == nil {
		return x != math.Trunc(x)
	}
	return isNumber(word) || l.comma != ','
}
