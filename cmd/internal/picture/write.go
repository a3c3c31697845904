// Package picture draws images in grids, and writes them as PNG and NumPy files.
package picture

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/kernels"
)

// WritePNG writes the rows of m as images in a dark grid, or ends early with ctx's error.
func WritePNG(ctx context.Context, path string, m kernels.Matrix, height, width int) error {
	content, err := Grid{Height: height, Width: width, Lines: Square(m, height, width), Dark: true}.PNG(ctx)
	if err != nil {
		return err
	}
	return atomicfile.WriteBytes(path, content)
}

// maxDots is the most dots of a picture, 16,384 x 16,384: 256 MB in grey and 1 GB in colour, which takes minutes to
// compress, and which few programs show.
const maxDots = 1 << 28

// CheckShown fails if n images side by side, for which a flag asks, or n groups of so many, are too large a picture.
func CheckShown(flag string, n, height, width, scale, group int) error {
	w, h := cell{height: height, width: width, scale: scale}.size()
	most := max(1, maxDots/group/((w+page.gap)*(h+page.gap)))
	if n > most {
		return cli.Usagef("%s %d: want at most %d in a picture, in which each takes %d x %d dots", flag, n, most, group*w, h)
	}
	return nil
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
