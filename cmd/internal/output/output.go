// Package output writes examples that a model made up, in the format that the end of
// a file's name asks for.
package output

import (
	"context"
	"fmt"
	"io"
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

// CheckShown fails if the output is a picture, and one of so many images, for which a flag asks, is too large.
func CheckShown(flag string, n int, out string, s data.Shape) error {
	if !isPicture(out) {
		return nil
	}
	if err := picture.CheckShown(flag, n, s.Height, s.Width, 1, 1); err != nil {
		return fmt.Errorf("%w; --out FILE.npy and FILE.csv take more", err)
	}
	return nil
}

func isPicture(path string) bool { return strings.EqualFold(filepath.Ext(path), ".png") }

// Write writes the rows of m, numbers from 0 to 1: a picture with all of them, a
// NumPy array of float32, or a table. Rows of numbers are as the data had them, with
// the shape's scale undone; pictures are from 0 to 1. It changes m, and ends early with ctx's error.
func Write(ctx context.Context, path string, m kernels.Matrix, s data.Shape) error {
	if isPicture(path) {
		for i := range m.Rows {
			s.Scale.Show(m.Row(i))
		}
		return picture.WritePNG(ctx, path, m, s.Height, s.Width)
	}
	for i := range m.Rows {
		if s.Flat {
			s.Scale.Undo(m.Row(i))
		} else {
			s.Scale.Show(m.Row(i))
		}
	}
	if strings.EqualFold(filepath.Ext(path), ".npy") {
		return picture.WriteNPY(path, m, s.Sizes()...)
	}
	return atomicfile.Write(path, func(w io.Writer) error { return writeTable(ctx, w, m, s) })
}

// writeTable writes the rows as CSV, or ends early with ctx's error.
func writeTable(ctx context.Context, w io.Writer, m kernels.Matrix, s data.Shape) error {
	heading := slices.Clone(s.Columns)
	for j := len(heading); j < m.Cols; j++ {
		heading = append(heading, fmt.Sprintf("x%d", j+1))
	}
	row := make([]string, m.Cols)
	return cli.WriteCSV(ctx, w, heading, func(yield func([]string) bool) {
		for i := range m.Rows {
			for j, x := range m.Row(i) {
				row[j] = strconv.FormatFloat(float64(x), 'g', -1, 32)
			}
			if !yield(row) {
				return
			}
		}
	})
}
