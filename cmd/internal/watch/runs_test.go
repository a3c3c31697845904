package watch

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/internal/untuned"
)

// TestManyRuns: of many runs those are shown that changed last, and with them those that begin later.
func TestManyRuns(t *testing.T) {
	dir := t.TempDir()
	begin := func(name string, ago time.Duration) {
		t.Helper()
		log := run.Dir(filepath.Join(dir, name)).Log()
		untuned.Write(t, nil, log)
		then := time.Now().Add(-ago)
		if err := os.Chtimes(log, then, then); err != nil {
			t.Fatal(err)
		}
	}
	for i := range Most + 20 {
		begin(fmt.Sprintf("old%03d", i), time.Duration(i)*time.Hour)
	}
	r := newRuns([]string{dir, dir})
	check := func(later ...string) {
		t.Helper()
		r.looked = time.Time{}
		r.look()
		if len(r.folders) != Most+len(later) {
			t.Fatalf("%d runs are shown, want %d and %q", len(r.folders), Most, later)
		}
		for i, f := range r.folders {
			want := fmt.Sprintf("old%03d", i)
			if i >= Most {
				want = later[i-Most]
			}
			if filepath.Base(string(f.dir)) != want || f.id != i {
				t.Errorf("run %d is %s with the number %d, want %s", i, f.dir, f.id, want)
			}
		}
	}
	check()
	check()
	begin("new", 0)
	check("new")
	check("new")
}
