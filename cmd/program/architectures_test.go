package program

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

// architecturesVariable has the architectures of TestArchitectures, each with the emulator
// of its programs: "arm64=qemu-aarch64 386=".
const architecturesVariable = "TARGETPROP_ARCHITECTURES"

// TestArchitectures: the program leaves the same files and says the same numbers, to the
// last digit, on other architectures.
func TestArchitectures(t *testing.T) {
	list := strings.Fields(os.Getenv(architecturesVariable))
	if len(list) == 0 {
		t.Skip("builds the program for each: make test-slow")
	}
	data, base := tiny.Data(t), t.TempDir()
	shared := filepath.Join(base, "shared")
	commands := func(out string) [][]string {
		model := run.Dir(shared).Model()
		return [][]string{
			tinyArgs(data, out),
			{"eval", "--model", model, "--data", data, "--samples", "60", "--json"},
			{"fill", "--model", model, "--data", data, "--n", "20", "--show", "3", "--out", filepath.Join(out, "filled.png")},
			{"stdp", "--trials", "2000", "--out", filepath.Join(out, "stdp.png")},
			{"reproduce", "--data", data, "--out", filepath.Join(out, "report"), "--layers", "4,3", "--epochs", "2", "--samples", "20", "--only", "figure3,table,agreement"},
		}
	}
	mustCall(t, tinyArgs(data, shared)...)
	here := filepath.Join(base, "here")
	var want []string
	for i, args := range commands(here) {
		r := call(args...)
		if r.status != 0 {
			t.Fatalf("%q: %s", args, r.stderr)
		}
		if want = append(want, r.stdout); i > 1 {
			want[i] = "" // has times and places
		}
	}
	for _, item := range list {
		arch, emulator, _ := strings.Cut(item, "=")
		t.Run(arch, func(t *testing.T) {
			program := filepath.Join(base, "targetprop-"+arch)
			build := exec.Command("go", "build", "-o", program, "github.com/targetprop/targetprop/cmd/targetprop")
			build.Env = append(os.Environ(), "GOARCH="+arch, "GOOS="+runtime.GOOS, "CGO_ENABLED=0")
			if text, err := build.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			there := filepath.Join(base, arch)
			for i, args := range commands(there) {
				cmd := exec.Command(program, args...)
				if emulator != "" {
					cmd = exec.Command(emulator, append([]string{program}, args...)...)
				}
				var stderr strings.Builder
				cmd.Stderr = &stderr
				out, err := cmd.Output()
				if err != nil {
					t.Fatalf("%q: %v\n%s", args, err, &stderr)
				}
				if i == 1 && string(out) != want[1] {
					t.Errorf("%q says\n%s\nand here\n%s", args, out, want[1])
				}
			}
			compared := 0
			err := filepath.WalkDir(here, func(path string, entry os.DirEntry, err error) error {
				name, _ := filepath.Rel(here, path)
				if err != nil || entry.IsDir() || !samePlace(name) {
					return err
				}
				compared++
				if read(t, path) != read(t, filepath.Join(there, name)) {
					t.Errorf("%s differs", name)
				}
				return nil
			})
			if err != nil || compared < 8 {
				t.Errorf("%d files compared, error %v", compared, err)
			}
		})
	}
}

// samePlace tells whether a file has no times and no names of folders in it. Curves are left
// out: gonum draws them with sums that compilers fuse.
func samePlace(name string) bool {
	if base := filepath.Base(name); base == "stdp.png" || base == "agreement.png" || base == "curves.png" {
		return false
	}
	switch filepath.Ext(name) {
	case ".png", ".csv":
		return filepath.Base(name) != "log.csv"
	}
	return filepath.Base(name) == "model.safetensors"
}
