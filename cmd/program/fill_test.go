package program

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/fill"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

func TestFill(t *testing.T) {
	data, dir := tinyModel(t)
	model := dir.Model()
	writeMask(t, "hole.png", tiny.Width, tiny.Height, func(x, y int) bool { return x == 1 })
	missing := map[string]float64{"left": 14, "right": 14, "top": 15, "bottom": 15, "square": 4, "square --size 3": 9, "hole.png": 7, "pixels --rate 1": 35, "pixels": 0}
	for mask, want := range missing {
		args := append([]string{"fill", "--model", model, "--data", data, "--n", "12", "--rounds", "4", "--out", "a.png", "--mask"}, strings.Fields(mask)...)
		table := mustCall(t, args...)
		for _, want := range []string{"12 test images of ./tiny", "model", "mean of each pixel", "nearest neighbour", "a.png"} {
			if !strings.Contains(table, want) {
				t.Errorf("%s: no %q in the table:\n%s", mask, want, table)
			}
		}
		decodePNG(t, "a.png")
		picture := read(t, "a.png")
		out := mustCall(t, append(args, "--json", "--threads", "1")...)
		var r fill.Report
		decodeJSON(t, out, &r)
		var names []string
		for _, row := range r.Rows {
			names = append(names, row.Name)
			if !(row.Error > 0 && row.StdErr > 0 && row.Error < 1) {
				t.Errorf("%s: row %+v", mask, row)
			}
		}
		if !slices.Equal(names, []string{"model", "pixel-mean", "nearest-neighbour"}) || r.Images != 12 || r.Rounds != 4 {
			t.Errorf("%s: report %+v", mask, r)
		}
		if want != 0 && r.Missing != want || want == 0 && (r.Missing < 12 || r.Missing > 23) {
			t.Errorf("%s: %v pixels missing, want %v", mask, r.Missing, want)
		}
		if read(t, "a.png") != picture {
			t.Errorf("%s: another number of threads gives another picture", mask)
		}
	}
}

// TestFillPicture: what is visible in the picture's start is the original.
func TestFillPicture(t *testing.T) {
	data := tiny.Data(t)
	model := tinyRun(t, data).Model()
	out := filepath.Join(t.TempDir(), "a.png")
	mustCall(t, "fill", "--model", model, "--data", data, "--mask", "left", "--n", "2", "--show", "1", "--out", out)
	drawn := decodePNG(t, out)
	scale := picture.Scale(tiny.Height, tiny.Width)
	column := tiny.Width*scale + 4 // see package picture
	same, different := true, false
	for y := 6 + 17; y < 6+17+tiny.Height*scale; y++ {
		for x := range tiny.Width * scale {
			original, start := drawn.At(6+x, y), drawn.At(6+column+x, y)
			if x >= tiny.Width/2*scale {
				same = same && original == start
			} else {
				different = different || original != start
			}
		}
	}
	if !same || !different {
		t.Errorf("right half the same: %v, left half different: %v", same, different)
	}
}

func TestBadFill(t *testing.T) {
	data, dir := tinyModel(t)
	model := dir.Model()
	for _, c := range []struct{ args, want string }{
		{"", "--out"},
		{"stray", `"stray"`},
		{"--out a.jpg", "a.jpg .png"},
		{"--out a.png --n 1", "--n 1"},
		{"--out a.png --show 0", "--show"},
		{"--out a.png --mask magic", "magic pixels square .png"},
		{"--out a.png --mask=", "--mask"},
		{"--out a.png --mask pixels --rate 0", "--rate"},
		{"--out a.png --mask pixels --rate NaN", "--rate"},
		{"--out a.png --mask pixels --rate 1e-320", "--rate 1e-320 no pixel missing"},
		{"--out a.png --rate 0.3", "--rate pixels left"},
		{"--out a.png --size 3", "--size square"},
		{"--out a.png --mask square --size -1", "--size"},
		{"--out a.png --mask square --size 6", "--size 6 5 7"},
		{"--out a.png --rounds -1", "rounds"},
		{"--out a.png --alpha 2", "alpha"},
		{"--out a.png --threads -1", "--threads"},
	} {
		mustFail(t, cli.StatusUsage, strings.Fields(c.want), append([]string{"fill", "--model", model, "--data", data}, strings.Fields(c.args)...)...)
	}
	if files := contents(t, "."); len(files) > 0 {
		t.Errorf("mistakes made files: %v", files)
	}
	writeMask(t, "large.png", 9, 9, func(x, y int) bool { return true })
	writeMask(t, "empty.png", tiny.Width, tiny.Height, func(x, y int) bool { return false })
	write(t, "text.png", "hello")
	for mask, want := range map[string]string{"large.png": "9 x 9", "empty.png": "no pixel", "text.png": "png", "none.png": "none.png"} {
		mustFail(t, cli.StatusFailed, []string{want}, "fill", "--model", model, "--data", data, "--out", "a.png", "--mask", mask)
	}
	mustFail(t, cli.StatusFailed, []string{"28 x 28"}, "fill", "--model", model, "--data", "digits", "--out", "a.png")
}

func writeMask(t *testing.T, path string, width, height int, missing func(x, y int) bool) {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			if missing(x, y) {
				m.SetGray(x, y, color.Gray{Y: 255})
			}
		}
	}
	w, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := png.Encode(w, m); err != nil {
		t.Fatal(err)
	}
}
