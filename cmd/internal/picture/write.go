// Package picture draws images in grids, and writes them as PNG and NumPy files.
package picture

import (
	"path/filepath"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/kernels"
)

// WritePNG writes the rows of m as images in a dark grid.
func WritePNG(path string, m kernels.Matrix, height, width int) error {
	content, err := Grid{Height: height, Width: width, Lines: Square(m, height, width), Dark: true}.PNG()
	if err != nil {
		return err
	}
	return atomicfile.WriteBytes(path, content)
}

// CheckPNGName wants the name of a picture after --out.
func CheckPNGName(out string) error {
	switch {
	case out == "":
		return cli.Usagef("no output named: say --out FILE.png")
	case !strings.EqualFold(filepath.Ext(out), ".png"):
		return cli.Usagef("--out %s: want a name that ends in .png", out)
	}
	return nil
}
