package table

import (
	"fmt"
	"math"
	"strings"

	"github.com/targetprop/targetprop/dataset/reading"
)

const (
	// fewClasses is how many numbers are classes in any case: of y and target, which are names of
	// coordinates and quantities too, not more.
	fewClasses = 20
	// fewEach is how many examples of each there are at least, of more numbers in a column that is called label.
	fewEach = 5
)

// doubt says why what was taken for labels because of its column's name, or because it has words, may be none: some
// are fractions, or there are many.
func doubt(l labels, words []string) error {
	if !l.guessed && l.called == "" {
		return nil
	}
	different, numbers, cut, fraction := map[string]bool{}, 0, 0, ""
	for _, w := range words {
		if different[w] {
			continue
		}
		different[w] = true
		if beginsWithComma(w) || l.comma == ',' && l.headless && l.total == 2 && (twoNumbers.MatchString(w) || !isNumber(w) && isNumber(strings.Trim(w, ";\t"))) {
			cut++
		}
		if !looksNumber(w) {
			continue
		}
		numbers++
		if fraction == "" && l.isFraction(w) {
			fraction = w
		}
	}
	n := len(different)
	isMany := n > fewClasses && (isClass(l.called) || len(words) < fewEach*n)
	areNumbers := numbers == n || l.guessed && 2*numbers >= n // and others stand for those that are missing
	var why string
	switch {
	case !areNumbers && l.guessed && 2*cut >= n:
		return l.unnamed(fmt.Errorf("column %d has words with numbers in them, as %q, and would be taken for labels: save the table with decimal points, without units, and with commas, semicolons or tabs between the columns, if they are numbers", l.label+1, words[0]))
	case !areNumbers && l.guessed && isMany:
		return l.unnamed(fmt.Errorf("column %d has %d different words in %d rows, as %q, and would be taken for labels: leave it out if it has none, or save what is a number in it as one", l.label+1, n, len(words), words[0]))
	case !areNumbers:
		return nil
	case fraction != "":
		why = fmt.Sprintf("has fractions, as %s", fraction)
	case isMany:
		why = fmt.Sprintf("has %d different numbers in %d rows", n, len(words))
	default:
		return nil
	}
	if l.guessed {
		return l.unnamed(fmt.Errorf("column %d %s, and would be taken for labels because of their commas: save the table with decimal points, and with nothing between thousands, if they are numbers like the others", l.label+1, why))
	}
	return reading.Unread{
		Err:  fmt.Errorf("the column %q %s, and would be taken for labels because of its name", l.called, why),
		Flag: fmt.Sprintf("--label none if it is a number like the others, --label %s if it has the labels", l.called),
	}
}

// unnamed is an error of labels that nobody has named.
func (l *labels) unnamed(err error) error {
	return reading.Unread{Err: err, Flag: fmt.Sprintf("--label %d if it has the labels", l.label+1)}
}

// isFraction tells whether a word is a number that is not whole. With a comma it is, unless columns have commas
// between them: there it is in quotes, as 1,2 for two classes, or a thousand and more.
func (l *labels) isFraction(word string) bool {
	if x, err := reading.Number(word); err == nil {
		return x != math.Trunc(x)
	}
	return isNumber(word) || l.comma != ','
}
