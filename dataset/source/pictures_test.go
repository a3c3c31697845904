package source

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/internal/untuned"
)

// TestTurned: JPEG pictures are read as viewers show them, scaled or not. The same picture is stored in the
// eight ways that Exif knows, as its words have them: which side of what is seen the first row is.
func TestTurned(t *testing.T) {
	const width, height = 16, 8
	seen := func(x, y int) byte { // a corner is bright, the side from there half so
		switch {
		case x < 8 && y < 4:
			return 255
		case x < 8:
			return 100
		}
		return 0
	}
	exif := func(order string, orientation byte) []byte {
		short := func(n byte) []byte { return map[string][]byte{"II": {n, 0}, "MM": {0, n}}[order] }
		long := func(n byte) []byte { return map[string][]byte{"II": {n, 0, 0, 0}, "MM": {0, 0, 0, n}}[order] }
		tag := map[string][]byte{"II": {0x12, 1}, "MM": {1, 0x12}}[order]
		tiff := bytes.Join([][]byte{[]byte(order), short(42), long(8), short(1), tag, short(3), long(1), short(orientation), {0, 0}, long(0)}, nil)
		segment := append([]byte("Exif\x00\x00"), tiff...)
		return append([]byte{0xff, 0xe1, 0, byte(len(segment) + 2)}, segment...)
	}
	for orientation := byte(1); orientation <= 8; orientation++ {
		w, h := width, height
		if orientation >= 5 {
			w, h = height, width
		}
		stored := make([]byte, w*h)
		for row := range h {
			for column := range w {
				x, y := column, row
				switch orientation { // the first row, the first column are at the
				case 2: // top, right
					x = width - 1 - column
				case 3: // bottom, right
					x, y = width-1-column, height-1-row
				case 4: // bottom, left
					y = height - 1 - row
				case 5: // left, top
					x, y = row, column
				case 6: // right, top
					x, y = width-1-row, column
				case 7: // right, bottom
					x, y = width-1-row, height-1-column
				case 8: // left, bottom
					x, y = row, height-1-column
				}
				stored[row*w+column] = seen(x, y)
			}
		}
		for _, order := range []string{"II", "MM"} {
			file := untuned.JPEG(t, stored, h, w)
			before := map[string][]byte{"II": nil, "MM": {0xff, 0xff, 0xff}}[order] // fill bytes
			file = bytes.Join([][]byte{file[:2], before, exif(order, orientation), file[2:]}, nil)
			dir := t.TempDir()
			for i := range 8 {
				untuned.Write(t, file, dir, fmt.Sprintf("%d.jpg", i))
			}
			for _, scale := range []int{1, 2} {
				set := load(t, dir, reading.Options{Width: width * scale, Height: height * scale})
				if scale == 1 {
					set = load(t, dir, reading.Options{})
				}
				if set.Train.Width != width*scale || set.Train.Height != height*scale {
					t.Fatalf("orientation %d: %d x %d pixels", orientation, set.Train.Width, set.Train.Height)
				}
				for i, p := range set.Train.Row(0) {
					x, y := i%(width*scale)/scale, i/(width*scale)/scale
					if edge := x == 7 || x == 8 || y == 3 || y == 4; !edge && (int(p)-int(seen(x, y)) > 20 || int(seen(x, y))-int(p) > 20) {
						t.Fatalf("orientation %d, %s: pixel %d, %d is %d, want %d", orientation, order, x, y, p, seen(x, y))
					}
				}
			}
		}
	}
	// A header that is cut or wrong turns nothing, and harms nothing.
	file := untuned.JPEG(t, make([]byte, width*height), height, width)
	for cut := range 32 { // with these the tag is whole
		segment := exif("II", 6)[:cut]
		if cut > 3 {
			segment[3] = byte(cut - 2)
		}
		dir := t.TempDir()
		for i := range 8 {
			untuned.Write(t, append(append(append([]byte{}, file[:2]...), segment...), file[2:]...), dir, fmt.Sprintf("%d.jpg", i))
		}
		if set, err := Load(t.Context(), dir, reading.Options{}); err == nil && set.Train.Width != width {
			t.Errorf("a header of %d bytes turns", cut)
		}
	}
}

// TestDeepPictures: pictures of 16 bits are read as bytes, unless little of them would be left.
func TestDeepPictures(t *testing.T) {
	for most, want := range map[int]string{1<<16 - 1: "", 1<<15 - 1: "", 1<<12 - 1: "16 steps are left", 255: "1 steps are left"} {
		for name, model := range map[string]func() draw.Image{
			"grey":   func() draw.Image { return image.NewGray16(image.Rect(0, 0, 16, 16)) },
			"colour": func() draw.Image { return image.NewRGBA64(image.Rect(0, 0, 16, 16)) },
		} {
			dir := t.TempDir()
			for i := range 8 {
				img := model()
				for p := range 256 {
					img.Set(p%16, p/16, color.Gray16{Y: uint16(p * most / 255)})
				}
				var b bytes.Buffer
				if err := png.Encode(&b, img); err != nil {
					t.Fatal(err)
				}
				untuned.Write(t, b.Bytes(), dir, "a", fmt.Sprintf("%d.png", i))
			}
			// A picture of bytes beside them, which uses all.
			untuned.Write(t, untuned.PNG(t, bytes.Repeat([]byte{0, 255}, 128), 16, 16), dir, "b", "0.png")
			_, err := Load(t.Context(), dir, reading.Options{})
			if (err != nil) != (want != "") || err != nil && !(strings.Contains(err.Error(), want) && strings.Contains(err.Error(), filepath.Join(dir, "a"))) {
				t.Errorf("%s up to %d: %v, want %q", name, most, err, want)
			}
		}
	}
}

// TestPassedOver: pictures of formats that are not read are counted, and a class that has nothing else is
// named; what systems put among a user's folders is no class.
func TestPassedOver(t *testing.T) {
	dir := t.TempDir()
	picture := untuned.PNG(t, []byte{0, 200, 100, 3}, 2, 2)
	for i := range 8 {
		for _, folder := range []string{"a", "c", "@eaDir", "$RECYCLE.BIN", "#recycle", "System Volume Information", "a/@eaDir"} {
			untuned.Write(t, picture, dir, folder, fmt.Sprint(i, ".png"))
		}
	}
	set := load(t, dir, reading.Options{})
	if strings.Join(set.Classes, " ") != "a c" || set.Train.Len()+set.Valid.Len()+set.Test.Len() != 16 || set.PassedOver != "" {
		t.Errorf("classes %v, passed over %q", set.Classes, set.PassedOver)
	}
	untuned.Write(t, nil, dir, "a", "1.GIF")
	untuned.Write(t, nil, dir, "a", "notes.txt")
	for _, name := range []string{"1.gif", "2.webp"} {
		untuned.Write(t, nil, dir, "b", name)
	}
	want := "passed over 3 pictures of formats that are not read (.gif, .webp): save them as PNG or JPEG; nothing was read from " + filepath.Join(dir, "b")
	if set := load(t, dir, reading.Options{}); set.PassedOver != want || strings.Join(set.Classes, " ") != "a c" {
		t.Errorf("classes %v, passed over %q, want %q", set.Classes, set.PassedOver, want)
	}
}
