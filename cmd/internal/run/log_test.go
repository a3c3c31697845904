package run

import (
	"os"
	"strings"
	"testing"
)

// TestLog: rows of epochs that will be repeated are dropped, and a log that is
// lost or damaged stops nobody.
func TestLog(t *testing.T) {
	r := started(t, small(3))
	if err := r.Train(t.Context()); err != nil {
		t.Fatal(err)
	}
	dir := r.Dir
	content, err := os.ReadFile(dir.Log())
	if err != nil {
		t.Fatal(err)
	}
	full := string(content)
	for _, c := range []struct {
		log  string
		rows int // from the log
	}{
		{full, 3},
		{full + strings.Replace(strings.Split(full, "\n")[3], "3,", "4,", 1) + "\n", 3},
		{strings.Join(strings.Split(full, "\n")[:3], "\n") + "\n", 2},
		{strings.Replace(full, "\n2,", "\nx,", 1), 1},
		{"something else", 0},
		{"", 0},
	} {
		if err := os.WriteFile(dir.Log(), []byte(c.log), 0o644); err != nil {
			t.Fatal(err)
		}
		l := newEpochLog(nil, dir.Log(), []string{"f1", "g1", "f2", "g2"})
		if err := l.reload(3); err != nil || len(l.rows) != c.rows {
			t.Errorf("%q: %d rows, want %d; %v", c.log, len(l.rows), c.rows, err)
		}
	}
}
