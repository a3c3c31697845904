package main

import "testing"

// TestWorkspaceBuilds checks that parts are all packages that the tests of package kernels
// need: nothing else would notice before someone changes assembly.
func TestWorkspaceBuilds(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the tests of package kernels")
	}
	w, err := newWorkspace("../..", []string{"avx2"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.remove()
	if err := w.build(); err != nil {
		t.Error(err)
	}
}
