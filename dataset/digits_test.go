package dataset

import (
	"context"
	"testing"
)

func loadedDigits(t testing.TB) Set {
	t.Helper()
	set, err := Load(context.Background(), "digits", Options{})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// The content is fixed: results that users compare depend on every byte.
func TestDigitsContent(t *testing.T) {
	set := loadedDigits(t)
	if set.Name != "digits" {
		t.Errorf("name %q, want digits", set.Name)
	}
	for _, c := range []struct {
		name           string
		part           Images
		n              int
		pixels, labels string // SHA-256
	}{
		{"train", set.Train, 8000,
			"badb0f51aac623558c551fcee7ca4eff06ce33c53c6156cfdfbb841b0a3ffbc1",
			"09bd9c4fb3a40f9272da3543fe1194b66659eb6eecefe1d9962d643c82a83abe"},
		{"valid", set.Valid, 1000,
			"d2cab0611cf6cabf20397fa9730672368a12f298d7a329e0c4d85e1abaccfc4a",
			"2433b103926e99118344642681ccc7e367b764fe619f198c62f61107d3401ab3"},
		{"test", set.Test, 1000,
			"1dd780a798d9dd29d8daa18235022731f00c6d8e62689bc67f68ec161fec9da0",
			"cc4b954807e799115338af276e6d54c0bdb5010a57f8fda67aab369beaefaf8c"},
	} {
		if c.part.Len() != c.n || c.part.Height != 28 || c.part.Width != 28 || len(c.part.Labels) != c.n {
			t.Errorf("%s: %d images of %dx%d, %d labels, want %d of 28x28",
				c.name, c.part.Len(), c.part.Height, c.part.Width, len(c.part.Labels), c.n)
		}
		if got := sha(c.part.Pixels); got != c.pixels {
			t.Errorf("%s: SHA-256 of the pixels is %s, want %s", c.name, got, c.pixels)
		}
		if got := sha(c.part.Labels); got != c.labels {
			t.Errorf("%s: SHA-256 of the labels is %s, want %s", c.name, got, c.labels)
		}
	}
}

// Any minibatch should hold all classes: a set in the order of its classes
// would make training go in circles.
func TestDigitsAreMixed(t *testing.T) {
	set := loadedDigits(t)
	for name, part := range map[string]Images{"train": set.Train, "valid": set.Valid, "test": set.Test} {
		var total [10]int
		for lo := 0; lo < part.Len(); lo += 100 {
			var count [10]int
			for _, label := range part.Labels[lo : lo+100] {
				count[label]++
				total[label]++
			}
			for class, n := range count {
				if n < 1 || n > 30 {
					t.Errorf("%s: %d of the images %d to %d are of class %d", name, n, lo, lo+99, class)
				}
			}
		}
		t.Logf("%s: images of each class %v", name, total)
	}
}

func TestDigitsAreDistinct(t *testing.T) {
	set := loadedDigits(t)
	seen := map[string]string{}
	for name, part := range map[string]Images{"train": set.Train, "valid": set.Valid, "test": set.Test} {
		for i := range part.Len() {
			if other, dup := seen[string(part.Row(i))]; dup {
				t.Errorf("image %d of %s is in %s as well", i, name, other)
			}
			seen[string(part.Row(i))] = name
		}
	}
}

// Two loads must not share memory, for a caller may work in place.
func TestDigitsAreACopy(t *testing.T) {
	a := loadedDigits(t)
	want := a.Train.Labels[0]
	a.Train.Labels[0]++
	if b := loadedDigits(t); b.Train.Labels[0] != want {
		t.Error("a change in one set shows in the next one")
	}
}
