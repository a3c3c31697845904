package pictures

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/dataset/reading"
)

// isOther tells the names of pictures in formats that are not read. The last two are names of JPEG files that
// are not looked for.
var isOther = reading.Ends(".gif", ".webp", ".heic", ".heif", ".avif", ".tif", ".tiff", ".bmp", ".jp2", ".jxl", ".ppm", ".pgm", ".svg", ".dng", ".cr2", ".nef", ".arw",
	".jfif", ".jpe")

// others are pictures that are passed over because of their formats.
type others struct {
	n    int
	ends map[string]bool // of their names
	read map[string]bool // folders that they are in, and whether pictures in them are read
}

// add takes note of a file that is not read, if it is a picture.
func (o *others) add(name string) {
	if !isOther(name) {
		return
	}
	o.n++
	o.ends[strings.ToLower(filepath.Ext(name))] = true
	o.read[filepath.Dir(name)] = o.read[filepath.Dir(name)]
}

// String says what was passed over, and names folders that have nothing else, or is "".
func (o *others) String() string {
	if o.n == 0 {
		return ""
	}
	text := fmt.Sprintf("passed over %d pictures of formats that are not read (%s): save them as PNG or JPEG", o.n, strings.Join(slices.Sorted(maps.Keys(o.ends)), ", "))
	only := slices.DeleteFunc(slices.Sorted(maps.Keys(o.read)), func(folder string) bool { return o.read[folder] })
	const most = 5
	if n := len(only); n > most {
		only = append(only[:most], fmt.Sprintf("%d more", n-most))
	}
	if len(only) > 0 {
		text += "; nothing was read from " + strings.Join(only, ", ")
	}
	return text
}
