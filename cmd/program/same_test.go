package program

import (
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/kernels"
)

// TestSameFiles: neither the number of threads nor the instruction set changes
// a byte of the model or of the picture.
func TestSameFiles(t *testing.T) {
	data := tiny.Data(t)
	short := []string{"--epochs", "1", "--iterations", "4"} // plain Go is slow under the race detector
	for _, settings := range [][]string{
		append([]string{"--layers", "33,17,9", "--batch", "64"}, short...),
		append([]string{"--layers", "12", "--optimizer", "adam"}, short...),
	} {
		files := func(isa kernels.ISA, threads string) (model, picture string) {
			t.Setenv(kernels.ISAVariable, isa.String())
			dir := tinyRun(t, data, append(settings, "--threads", threads)...)
			return read(t, dir.Model()), read(t, dir.Samples())
		}
		wantModel, wantPicture := files(kernels.Generic, "1")
		for _, isa := range kernels.Available() {
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
