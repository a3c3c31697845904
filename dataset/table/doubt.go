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

// doubt says why numbers that were taken for labels because of their column's name may be none: some are
// fractions, or there are many. "" is a column that was found otherwise.
func doubt(column string, words []string) error {
	if column == "" {
		return nil
	}
	different, fraction := map[string]bool{}, ""
	for _, w := range words {
		if different[w] {
			continue
		}
		different[w] = true
		if !isNumber(w) {
			return nil
		}
		if x, err := reading.Number(w); (err != nil || x != math.Trunc(x)) && fraction == "" {
			fraction = w
		}
	}
	var why string
	switch n := len(different); {
	case fraction != "":
		why = fmt.Sprintf("has fractions, as %s", fraction)
	case n > fewClasses && (isClass(column) || len(words) < fewEach*n):
		why = fmt.Sprintf("has %d different numbers in %d rows", n, len(words))
	default:
		return nil
	}
	return reading.Unread{
		Err:  fmt.Errorf("the column %q %s, and would be taken for labels because of its name", column, why),
		Flag: fmt.Sprintf("--label none if it is a number like the others, --label %s if it has the labels", column),
	}
}
