package program

import (
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/internal/race"
	"github.com/targetprop/targetprop/kernels"
)

// TestSameFiles: neither the number of threads nor the instruction set changes
// a byte of the model or of the picture, for any task and rule.
func TestSameFiles(t *testing.T) {
	data, sets := tiny.Data(t), kernels.Available()
	if race.Enabled && len(sets) > 1 {
		sets = sets[:len(sets)-1] // without plain Go, the last, which is slow there
	}
	for _, flags := range []string{
		"--layers 33,17,9 --batch 64 --iterations 4",
		"--layers 12 --optimizer adam --iterations 4",
		"--layers 12 --iterations 4 --schedule cosine --final-rate 0.1 --warmup 2 --early-stop 3",
		"--task label --layers 33,17 --batch 64 --iterations 2 --missing 0.3",
		"--task classify --rule backprop --layers 33,17 --batch 64",
		"--task classify --rule fa --layers 33,17 --batch 64",
		"--task classify --rule dfa --layers 33,17 --batch 64",
		"--task classify --rule dtp --layers 33,17,9 --batch 64",
		"--task reward --rule dtp --layers 33,17 --batch 64",
		"--task reward --rule backprop --policy softmax --layers 12",
	} {
		settings := strings.Fields(flags + " --epochs 1")
		files := func(isa kernels.ISA, threads string) (model, picture string) {
			t.Setenv(kernels.ISAVariable, isa.String())
			dir := tinyRun(t, data, append(settings, "--threads", threads)...)
			return read(t, dir.Model()), contents(t, string(dir))["samples.png"]
		}
		wantModel, wantPicture := files(sets[len(sets)-1], "1")
		for _, isa := range sets {
			for _, threads := range []string{"1", "2", "3"} {
				if isa == kernels.Generic && threads != "2" {
					continue
				}
				if m, p := files(isa, threads); m != wantModel || p != wantPicture {
					t.Errorf("%q: %v with %s threads gives other files", settings, isa, threads)
				}
			}
		}
	}
}
