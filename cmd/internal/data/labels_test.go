package data

import (
	"strings"
	"testing"

	"github.com/targetprop/targetprop/dataset"
)

// TestClasses: sets that have nothing to tell apart are refused.
func TestClasses(t *testing.T) {
	of := func(labels ...uint8) dataset.Images {
		return dataset.Images{Height: 1, Width: 1, Pixels: make([]byte, len(labels)), Labels: labels}
	}
	bare := of(0, 1)
	bare.Labels = nil
	for _, c := range []struct {
		set  dataset.Set
		want int
		err  string
	}{
		{dataset.Set{Train: of(0, 2), Valid: of(2), Test: of(4, 0)}, 5, ""},
		{dataset.Set{Train: of(0, 2), Valid: of(2), Test: of(1, 3)}, 0, "test images have (1)"},
		{dataset.Set{Train: of(3, 3), Valid: of(1), Test: of(0)}, 0, "the label 3"},
		{dataset.Set{Train: bare, Valid: of(1), Test: of(0)}, 0, "0 labels for 2 training"},
		{dataset.Set{Train: of(0, 1), Valid: of(1), Test: bare}, 0, "0 labels for 2 test"},
		{dataset.Set{Train: of(0, 1), Test: of(1)}, 0, "0 validation"},
	} {
		got, err := Classes("x", c.set)
		if got != c.want || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%d classes, %v; want %d, %q", got, err, c.want, c.err)
		}
	}
	if got := Unlearned(dataset.Set{Train: of(0, 2), Valid: of(2, 3), Test: of(0, 1), Classes: []string{"a", "b", "c"}}); !strings.HasSuffix(got, ": b, 3") {
		t.Errorf("classes that nobody can learn: %q", got)
	}
	if got := Unlearned(dataset.Set{Train: of(0, 2), Valid: of(2), Test: of(0)}); got != "" {
		t.Errorf("classes that nobody can learn: %q", got)
	}
	a, b := of(0, 1), of(1, 0)
	if LabelsDigest(a) == LabelsDigest(b) || Digest(a) != Digest(b) {
		t.Error("labels and pixels are not told apart")
	}
}
