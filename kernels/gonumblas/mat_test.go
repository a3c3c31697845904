package gonumblas_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestGonumMat runs the tests of gonum's package mat with our BLAS and LAPACK in use: those of what it
// serves, or with TARGETPROP_GONUM=1, as make test-slow has it, all of them.
//
// The go command replaces no file in its module cache. So a copy of go.mod names a link to
// gonum instead, and over what is behind the link the file in testdata/mat is laid.
func TestGonumMat(t *testing.T) {
	if testing.Short() && os.Getenv("TARGETPROP_GONUM") == "" {
		t.Skip("compiles a package")
	}
	dir := t.TempDir()
	command := func(args ...string) string {
		t.Helper()
		out, err := exec.Command("go", args...).CombinedOutput()
		if err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return strings.TrimSpace(string(out))
	}
	if _, err := exec.LookPath("go"); err != nil || command("env", "GOHOSTARCH") != runtime.GOARCH {
		t.Skip("no go command for this architecture")
	}
	link := filepath.Join(dir, "gonum")
	if err := os.Symlink(command("list", "-m", "-f", "{{.Dir}}", "gonum.org/v1/gonum"), link); err != nil {
		t.Skip(err)
	}
	modfile := filepath.Join(dir, "go.mod")
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join("..", "..", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), data, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	command("mod", "edit", "-replace", "gonum.org/v1/gonum="+link, modfile)
	ours, err := filepath.Abs("testdata/mat/targetprop_test.go")
	if err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(link, "mat", "targetprop_test.go"): ours}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(file, overlay, 0o666); err != nil {
		t.Fatal(err)
	}
	served := "^Test(LU|QR|LQ|Chol|Solve|Inverse|Det|SVD|Eigen|Cond|Targetprop)"
	if os.Getenv("TARGETPROP_GONUM") != "" {
		served = "."
	}
	// The numbers of ExampleGSVD beside the values are those of columns that gonum does not move.
	out := command("test", "-skip", "^ExampleGSVD$", "-v", "-trimpath", "-vet=off", "-timeout", "0", "-modfile", modfile, "-overlay", file, "-run", served, "gonum.org/v1/gonum/mat")
	if !strings.Contains(out, "--- PASS: TestTargetpropInUse") {
		t.Errorf("gonum's tests did not run on ours:\n%s", out)
	}
}
