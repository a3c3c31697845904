package house

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// inexact are the functions of package math whose last digits depend on the architecture:
// some are assembly, and compilers fuse the products and sums of the others.
var inexact = regexp.MustCompile(`\bmath\.(A?(Sin|Cos|Tan)h?|Atan2|Sincos|Exp|Exp2|Expm1|Log|Log10|Log1p|Log2|Pow|Hypot|Cbrt|Erf\w*|Gamma|Lgamma|J\w+|Y\w+)\(`)

// estimates are the files in which such digits decide no number that is promised: bounds,
// counts and tolerances, and what tests compare with.
var estimates = []string{
	"internal/simd/contract/contract.go", "internal/untuned/scenes.go", "model/internal/modeltest/slow.go",
	"kernels/gonumlapack/bidiagonal.go", "kernels/gonumlapack/internal/schur/shifts.go",
}

// TestSameDigits: what is promised to be the same on every machine is not made with
// functions that differ.
func TestSameDigits(t *testing.T) {
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(root, path)
		name = filepath.ToSlash(name)
		if entry.IsDir() && (slices.Contains([]string{"gen", "bench", "testdata"}, name) || strings.HasPrefix(entry.Name(), ".") && name != ".") {
			return filepath.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		found := inexact.FindString(string(text))
		if slices.Contains(estimates, name) != (found != "") {
			t.Errorf("%s uses %q of package math: see internal/simd/f64 and internal/stat for functions with the same digits everywhere", name, found)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
