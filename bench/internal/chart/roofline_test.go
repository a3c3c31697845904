package chart

import (
	"errors"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/targetprop/targetprop/bench/internal/table"
)

func TestRoofline(t *testing.T) {
	file := filepath.Join(t.TempDir(), "roofline.png")
	if err := Roofline(file, example(), "a CPU"); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	image, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if b := image.Bounds(); b.Dx() != 9*dpi || b.Dy() != 6*dpi {
		t.Errorf("the chart has %v", b)
	}
	if keep := os.Getenv("TARGETPROP_CHART"); keep != "" {
		if err := Roofline(keep, example(), "a CPU"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRooflineNeedsThePeak(t *testing.T) {
	file := filepath.Join(t.TempDir(), "roofline.png")
	if err := Roofline(file, table.Report{}, "a CPU"); !errors.Is(err, errNoRoof) {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("an empty chart was written")
	}
}
