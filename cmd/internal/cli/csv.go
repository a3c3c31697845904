package cli

import (
	"bytes"
	"encoding/csv"
	"strconv"
)

// CSV is a table as a CSV file.
func CSV(header []string, rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(header); err != nil {
		return nil, err
	}
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

// Decimal is a number for a CSV file, empty if x is not finite.
func Decimal(x float64) string {
	if x-x != 0 {
		return ""
	}
	return strconv.FormatFloat(x, 'g', 8, 64)
}
