package program

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

// requirePython makes TestPython fail where there is no NumPy.
const requirePython = "TARGETPROP_REQUIRE_PYTHON"

// python is an interpreter that has NumPy.
func python(t *testing.T) string {
	t.Helper()
	for _, path := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(path, "-c", "import numpy").Run() == nil {
			return path
		}
	}
	if os.Getenv(requirePython) != "" {
		t.Fatal("there is no python3 with NumPy: install Debian's python3-numpy")
	}
	t.Skip("there is no python3 with NumPy")
	return ""
}

// TestPython runs the lines of docs/python.md and compares with the program.
func TestPython(t *testing.T) {
	interpreter := python(t)
	blocks := regexp.MustCompile("(?s)\n```python\n(.*?)```\n").FindAllStringSubmatch(read(t, "../../docs/python.md"), -1)
	if len(blocks) != 3 {
		t.Fatalf("docs/python.md has %d blocks, want 3", len(blocks))
	}
	lines := 0
	for line := range strings.Lines(blocks[0][1]) {
		if strings.TrimSpace(line) != "" {
			lines++
		}
	}
	if lines > 25 {
		t.Errorf("a model takes %d lines to load and use, want 25 at most", lines)
	}
	make := blocks[0][1] + strings.ReplaceAll(blocks[1][1], "-1, 28, 28", "-1, 7, 5")
	compare := make + blocks[2][1] + `
def close(what, got, want):
    assert want.dtype == np.float32 and got.shape == want.shape, what
    assert (abs(got - want) <= 1e-5 * np.maximum(1, abs(want))).all(), (what, abs(got - want).max())
    assert want.std() > 1e-4, what
for l in range(1, M + 1): close(f"h{l}", h[l], test[f"h{l}"])
close("reconstructions", g(1, h[1]).reshape(test["x"].shape), test["reconstructions"])
close("samples", samples, np.load("samples.npy"))
close("directed", generate(top, rounds=0).reshape(samples.shape), np.load("directed.npy"))
`
	data := tiny.Data(t)
	for name, flags := range map[string][]string{
		"two": {}, "three": {"--layers", "20,12,6"}, "centred": {"--centre"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			run := func(script string) {
				t.Helper()
				if out, err := exec.Command(interpreter, "-c", script).CombinedOutput(); err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
			}
			mustCall(t, tinyArgs(data, filepath.Join("runs", "digits"), flags...)...)
			run(make + "np.save('top.npy', top)")
			mustCall(t, "encode", "--data", data, "--out", "test.npz")
			mustCall(t, "sample", "--top", "top.npy", "--out", "samples.npy")
			mustCall(t, "sample", "--top", "top.npy", "--method", "directed", "--out", "directed.npy")
			if name == "centred" { // sample writes 0 to 1
				run(strings.ReplaceAll(strings.ReplaceAll(compare, `np.load("samples.npy")`, `2*np.load("samples.npy")-1`), `np.load("directed.npy")`, `2*np.load("directed.npy")-1`))
			} else {
				run(compare)
			}
		})
	}
}
