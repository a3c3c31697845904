// Package output writes examples that a model made up, in the format that the end of
// a file's name asks for.
package output

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/kernels"
)

// Ends are those of names of files that Write knows.
var Ends = []string{".png", ".npy", ".csv"}

// CheckName wants the name of an output after --out.
func CheckName(out string) error {
	switch {
	case out == "":
		return cli.Usagef("no output named: say --out FILE.png, FILE.npy or FILE.csv")
	case !slices.Contains(Ends, strings.ToLower(filepath.Ext(out))):
		return cli.Usagef("--out %s: want a name that ends in .png, .npy or .csv", out)
	}
	return nil
}

// Write writes the rows of m, numbers from 0 to 1: a picture with all of them, a
// NumPy array of float32, or a table. Rows of numbers are as the data had them, with
// the shape's scale undone; pictures are from 0 to 1. It changes m.
func Write(path string, m kernels.Matrix, s data.Shape) error {
	end := strings.ToLower(filepath.Ext(path))
	if end == ".png" {
		for i := range m.Rows {
			s.Scale.Show(m.Row(i))
		}
		return picture.WritePNG(path, m, s.Height, s.Width)
	}
	for i := range m.Rows {
		if s.Flat {
			s.Scale.Undo(m.Row(i))
		} else {
			s.Scale.Show(m.Row(i))
		}
	}
	if end == ".npy" {
		return picture.WriteNPY(path, m, s.Sizes()...)
	}
	content, err := table(m, s)
	if err != nil {
		return err
	}
	return atomicfile.WriteBytes(path, content)
}

// table is the rows as CSV.
func table(m kernels.Matrix, s data.Shape) ([]byte, error) {
	heading := slices.Clone(s.Columns)
	for j := len(heading); j < m.Cols; j++ {
		heading = append(heading, fmt.Sprintf("x%d", j+1))
	}
	rows := make([][]string, m.Rows)
	for i := range rows {
		for _, x := range m.Row(i) {
			rows[i] = append(rows[i], strconv.FormatFloat(float64(x), 'g', -1, 32))
		}
	}
	return cli.CSV(heading, rows)
}
