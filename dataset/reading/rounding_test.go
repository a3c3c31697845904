package reading

import (
	"fmt"
	"strings"
	"testing"
)

// TestRoundingOfAll: numbers that have one range, as pictures have and rows from 0 to 1, are judged together, and
// others each.
func TestRoundingOfAll(t *testing.T) {
	for _, c := range []struct {
		high float64 // of the second number
		flat bool
		want string
	}{{1, true, ""}, {1, false, ""}, {2, false, ""}, {2, true, "number 0: numbers from 0.25"}, {-1, true, "number 0: numbers from 0.25"}} {
		var r Rounding
		for n := range 60 {
			i := float64(n)
			r.Take(0, 0.25+1e-9*i, 0)
			r.Take(1, c.high*i/59, 0)
		}
		err := r.Check(c.flat, func(j int) string { return fmt.Sprintf("number %d", j) })
		if (err != nil) != (c.want != "") || err != nil && !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
