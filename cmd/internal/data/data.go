// Package data is where a command's images come from: the sets that have names,
// folders, and how the model reads them.
package data

import (
	"path/filepath"
	"slices"
	"strings"
)

// Default is built in and needs no network.
const Default = "digits"

// Names are the sets that have names; any other source is a folder.
var Names = []string{Default, "mnist", "fashion-mnist"}

// Named tells whether the source is a set that has a name.
func Named(source string) bool { return slices.Contains(Names, source) }

// Name is the name of a source in models and of its folder of runs. That of a
// folder is "./" and its base name: the way to it is of this machine only, and
// "mnist" alone would be another set.
func Name(source string) string {
	if Named(source) {
		return source
	}
	base := "."
	if abs, err := filepath.Abs(source); err == nil {
		base = filepath.Base(abs)
	}
	if base == "." || base == string(filepath.Separator) {
		base = "data"
	}
	return "./" + strings.ToValidUTF8(base, "_")
}
