package program

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
)

// TestLargePicture: a picture that few programs would show, and that takes gigabytes, is refused before the work.
func TestLargePicture(t *testing.T) {
	dir := t.TempDir()
	table := filepath.Join(dir, "table.csv")
	var rows strings.Builder
	for i := range 60 {
		fmt.Fprintf(&rows, "0.%d,0.%d,%d\n", i%7, i%3, i%2)
	}
	write(t, table, rows.String())
	model := string(tinyRun(t, table))
	out := filepath.Join(dir, "x.png")
	mustFail(t, cli.StatusUsage, []string{"--n 3000000", "in a picture", "FILE.csv"}, "sample", "--model", model, "--n", "3000000", "--out", out)
	mustFail(t, cli.StatusUsage, []string{"--mask top", "no such half"}, "fill", "--model", model, "--data", table, "--mask", "top", "--out", out)
}
