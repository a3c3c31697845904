package main

import "testing"

// TestWorkspaceBuilds checks that parts are all packages that the tests need: nothing
// else would notice before someone changes assembly.
func TestWorkspaceBuilds(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the tests of several packages")
	}
	w, err := newWorkspace("../..", []string{"avx2"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.remove()
	files, err := w.read()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		for _, pkg := range f.suites {
			if err := w.build(pkg); err != nil {
				t.Error(err)
			}
		}
	}
}
