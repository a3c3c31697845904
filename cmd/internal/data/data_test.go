package data

import (
	"path/filepath"
	"testing"
)

// TestName: a folder's name in a model is none of a set that has a name.
func TestName(t *testing.T) {
	t.Chdir(t.TempDir())
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for source, want := range map[string]string{
		"digits": "digits", "mnist": "mnist", "./mnist": "./mnist", "a/b/mnist/": "./mnist", ".": "./" + filepath.Base(here), "/": "./data", "x\xff": "./x_",
	} {
		if got := Name(source); got != want {
			t.Errorf("Name(%q) = %q, want %q", source, got, want)
		}
	}
}
