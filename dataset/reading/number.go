package reading

import (
	"fmt"
	"strconv"
	"strings"
)

// Number reads a decimal number. What only Go takes for one, as 1_000 and 0x1p3, is a name or a date elsewhere.
// The error of one that is too large is a [strconv.ErrRange].
func Number(text string) (float64, error) {
	if strings.ContainsAny(text, "_xX") {
		return 0, fmt.Errorf("%q is no number in decimal digits", text)
	}
	return strconv.ParseFloat(text, 64)
}
