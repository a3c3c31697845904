//go:build unix

package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/internal/untuned"
)

// TestLinks: pictures are read where links to folders lead, in the order of the links' names; what
// leads nowhere or in a circle is refused by name.
func TestLinks(t *testing.T) {
	elsewhere := t.TempDir()
	link := func(to string, path ...string) {
		t.Helper()
		name := filepath.Join(path...)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(to, name); err != nil {
			t.Fatal(err)
		}
	}
	fill := func(value byte, path ...string) string {
		for i := range byte(8) {
			untuned.Write(t, untuned.PNG(t, []byte{value, 8 * i, 200, 0}, 2, 2), filepath.Join(path...), string('a'+rune(i))+".png")
		}
		return filepath.Join(path...)
	}
	real, copied := t.TempDir(), t.TempDir()
	fill(1, real, "train", "a")
	link(fill(2, elsewhere, "b"), real, "train", "b")
	fill(3, real, "train", "c")
	link(filepath.Join(elsewhere, "test"), real, "test")
	fill(4, elsewhere, "test", "b")
	link(filepath.Join(elsewhere, "test", "b", "c.png"), real, "train", "c", "z.png")
	link(elsewhere, real, ".hidden")
	for i, class := range []string{"a", "b", "c"} {
		fill(byte(i+1), copied, "train", class)
	}
	fill(4, copied, "test", "b")
	untuned.Write(t, untuned.PNG(t, []byte{4, 16, 200, 0}, 2, 2), copied, "train", "c", "z.png")
	set, want := load(t, real, reading.Options{}), load(t, copied, reading.Options{})
	if string(set.Train.Pixels) != string(want.Train.Pixels) || string(set.Train.Labels) != string(want.Train.Labels) || string(set.Test.Pixels) != string(want.Test.Pixels) || set.Test.Len() != 8 {
		t.Errorf("%d and %d pictures by links, %d and %d without", set.Train.Len(), set.Test.Len(), want.Train.Len(), want.Test.Len())
	}
	if n := len(Folders(t.Context(), real)); n != 3 {
		t.Errorf("pictures come from %d folders, want 3", n)
	}
	for name, spoil := range map[string]func(dir string){
		"to what is not there": func(dir string) { link("nowhere", dir, "d") },
		"back to a folder":     func(dir string) { link("..", dir, "a", "d") },
		"others were followed before": func(dir string) { // 2^13 by 26 links
			for i := range 13 {
				for _, name := range []string{"x", "y"} {
					link(filepath.Join(dir, "..", "next", string('a'+rune(i+1))), dir, "..", "next", string('a'+rune(i)), name)
				}
			}
			fill(1, dir, "..", "next", "n")
			link(filepath.Join(dir, "..", "next", "a"), dir, "d")
		},
	} {
		dir := filepath.Join(t.TempDir(), "set")
		fill(1, dir, "a")
		fill(1, dir, "c")
		spoil(dir)
		if _, err := Load(t.Context(), dir, reading.Options{}); err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), dir) {
			t.Errorf("%v, want %q", err, name)
		}
	}
	// A set of another kind has nothing to do with links.
	table := t.TempDir()
	untuned.Write(t, []byte(strings.Repeat("1,2\n3,4\n", 6)), table, "t.csv")
	link("nowhere", table, "d")
	link(".", table, "e")
	load(t, table, reading.Options{})
}
