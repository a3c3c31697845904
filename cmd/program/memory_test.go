package program

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/internal/untuned"
)

// TestTooLarge: a network that does not fit in memory is refused before it is made, with the
// numbers, for each task.
func TestTooLarge(t *testing.T) {
	data := tiny.Data(t)
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(1 << 30))
	for _, name := range []string{"generate", "label", "classify", "reward"} {
		out := filepath.Join(t.TempDir(), "run")
		mustFail(t, cli.StatusFailed, []string{"a network of 35-4000-4000", "takes about ", "GB of memory, and ", " GB are free"},
			"train", "--task", name, "--data", data, "--out", out, "--layers", "4000,4000")
		// Few weights, and many states.
		mustFail(t, cli.StatusFailed, []string{"a network of 35-4-400000", "by 50 examples at a time takes about ", "GB of memory, and ", " GB are free"},
			"train", "--task", name, "--data", data, "--out", out, "--layers", "4,400000", "--batch", "50")
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%s: a folder was made", name)
		}
	}
}

// TestTooManyExamples: a set that would not fit in memory is refused with the numbers before
// it is read, in each format that is held there.
func TestTooManyExamples(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(1 << 26))
	const n, side = 1 << 16, 64 // 268 MB
	idx := binary.BigEndian.AppendUint32(nil, 0x803)
	for _, size := range []uint32{n, side, side} {
		idx = binary.BigEndian.AppendUint32(idx, size)
	}
	header := fmt.Sprintf("{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }\n", n, side*side)
	many := untuned.NPY("|u1", nil, n*side*side/2-64, 2) // examples that take little, but for where they are
	for name, begin := range map[string][]byte{
		"train-images-idx3-ubyte": idx,
		"x.npy":                   append([]byte{0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, byte(len(header)), 0}, header...),
		"x.csv":                   []byte("1,2\n3,4\n"),
		"small.npy":               many,
	} {
		path := filepath.Join(t.TempDir(), name)
		write(t, path, string(begin))
		// What follows is a hole, which takes no space on most disks.
		if err := os.Truncate(path, n*side*side); err != nil {
			t.Fatal(err)
		}
		mustFail(t, cli.StatusFailed, []string{path, "takes about ", "GB of memory, and ", " GB are free"}, "data", path)
	}
}
