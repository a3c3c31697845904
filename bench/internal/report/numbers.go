package report

import (
	"math"
	"strconv"
)

// none stands where there is no figure.
const none = "–"

// number writes three digits or four.
func number(x float64) string {
	decimals := 3
	switch a := math.Abs(x); {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return none
	case a >= 1000:
		decimals = 0
	case a >= 10:
		decimals = 1
	case a >= 1:
		decimals = 2
	}
	return strconv.FormatFloat(x, 'f', decimals, 64)
}

// percent writes a share.
func percent(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	decimals := 0
	if x < 0.1 {
		decimals = 1
	}
	return strconv.FormatFloat(100*x, 'f', decimals, 64) + " %"
}
