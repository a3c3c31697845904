package run

import (
	"os"
	"strings"
	"testing"
)

// TestLog: rows of epochs that will be repeated are dropped, and a log that is lost stops
// nobody. One that is not the run's is not taken over.
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
	lines := strings.Split(full, "\n")
	known := r.log.sum()
	for _, c := range []struct {
		log     string
		sum     string
		rows    int // from the log
		foreign string
	}{
		{full, known, 3, ""},
		{full, "", 3, ""}, // of an earlier program's checkpoint
		{full + strings.Replace(lines[3], "3,", "4,", 1) + "\n", known, 3, ""},
		{full + strings.Replace(lines[3], "3,", "6,", 1) + "\n", known, 3, "epoch 6"}, // those that the checkpoint has noted
		{full + strings.Replace(lines[3], "3,", "6,", 1) + "\n", "", 0, "epoch 6"},
		{full + strings.Replace(lines[3], "3,", "6,", 1) + "\nmine\n", known, 0, "fields"},
		{full + strings.Replace(lines[3], "3,", "5,", 1) + "\n", known, 3, ""},
		{full + lines[3] + "\n", "", 0, `epoch 3 comes "3"`},
		{strings.Replace(full, "\n2,", "\n02,", 1), "", 0, `epoch 1 comes "02"`},
		{strings.Join(lines[:3], "\n") + "\n", "", 2, ""},
		{strings.Join(lines[:3], "\n") + "\n", known, 0, "others"},
		{lines[0] + "\n" + lines[3] + "\n", "", 1, ""},
		{strings.Replace(full, "\n2,", "\nx,", 1), "", 0, `"x"`},
		{strings.Replace(full, "\n2,", "\n2,1", 1), known, 0, "others"},
		{strings.Replace(full, "\n2,", "\n2,y", 1), "", 0, "for a number"},
		{strings.ReplaceAll(full, ",", ";"), known, 0, "heading"},
		{"\ufeff" + full, known, 0, "heading"},
		{"# mine\n" + full, "", 0, "heading"},
		{strings.ReplaceAll(full, "\n", ",1\n"), "", 0, "heading"},
		{lines[0] + "\n" + lines[1] + ",1\n", "", 0, "fields"},
		{"something else", "", 0, "heading"},
		{"", "", 0, "heading"},
	} {
		if err := os.WriteFile(dir.Log(), []byte(c.log), 0o644); err != nil {
			t.Fatal(err)
		}
		l := newEpochLog(nil, dir.Log(), []string{"f1", "g1", "f2", "g2"})
		foreign, err := l.reload(3, c.sum)
		if err != nil || len(l.rows) != c.rows || (foreign == "") != (c.foreign == "") || !strings.Contains(foreign, c.foreign) {
			t.Errorf("%q: %d rows, want %d; foreign %q, want %q; %v", c.log, len(l.rows), c.rows, foreign, c.foreign, err)
		}
	}
}
