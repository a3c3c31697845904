package run

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzLog: whatever log.csv holds, a run takes up rows that follow each other from the
// first epoch on, or none. make fuzz runs it for long.
func FuzzLog(f *testing.F) {
	dir := Dir(f.TempDir())
	columns := []string{"f1", "g1"}
	f.Add([]byte("epoch,f1,g1,images_per_second,seconds\n1,2,3,4,5\n2,2,3,4,5\n"))
	f.Add([]byte("epoch,f1,g1,images_per_second,seconds\n1,2,3,4,5\n3,2,3,4,1e999\n"))
	f.Add([]byte("epoch,f1,g1,images_per_second,seconds\n\"1\n,2"))
	f.Add([]byte("\x00"))
	f.Fuzz(func(t *testing.T, content []byte) {
		if err := os.WriteFile(filepath.Join(string(dir), "log.csv"), content, 0o644); err != nil {
			t.Fatal(err)
		}
		l := newEpochLog(nil, dir.Log(), columns)
		if _, err := l.reload(3, ""); err != nil {
			t.Fatal(err)
		}
		if len(l.rows) > 3 {
			t.Errorf("%d rows of 3 epochs", len(l.rows))
		}
		for i, row := range l.rows {
			if len(row) != len(l.header) || row[0] < "1" || row[0] > "3" || i > 0 && row[0] <= l.rows[i-1][0] {
				t.Errorf("row %d is %q", i, row)
			}
		}
		_, _ = dir.Seconds(columns, 3, true)
	})
}
