package tensors

import (
	"bytes"
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/safetensors"
)

// written is a file as Write writes it, and its path.
func written(t *testing.T) (path string, content []byte, stored safetensors.File) {
	t.Helper()
	stored, err := NewFile("some format", []int{1, 2}, struct{ A int }{3}, map[string]string{"note": "yes"})
	if err != nil {
		t.Fatal(err)
	}
	AddMap(&stored, "map", counted(4, 20))
	path = filepath.Join(t.TempDir(), "file")
	if err := Write(path, stored); err != nil {
		t.Fatal(err)
	}
	if content, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	return path, content, stored
}

// TestEveryBitCounts: one flipped bit in any byte of the file is an error, or changes
// nothing of what is read. There is a second form of some characters of JSON.
func TestEveryBitCounts(t *testing.T) {
	_, content, stored := written(t)
	rng := rand.New(rand.NewPCG(1, 2))
	accepted := 0
	for i := range content {
		flipped := slices.Clone(content)
		flipped[i] ^= 1 << rng.IntN(8)
		read, err := safetensors.Read(bytes.NewReader(flipped), int64(len(flipped)))
		if err == nil {
			err = verify(read)
		}
		if err != nil {
			continue
		}
		if accepted++; !reflect.DeepEqual(read, stored) {
			t.Fatalf("byte %d from %q to %q: no error, and another file", i, content[i], flipped[i])
		}
	}
	if accepted > 8 {
		t.Errorf("%d flipped bits of %d were accepted", accepted, len(content))
	}
}

func TestDamageIsNamed(t *testing.T) {
	path, content, _ := written(t)
	content[len(content)-3] ^= 0x10 // of a finite number
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(path); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), path+": the file is damaged") {
		t.Errorf("error %v", err)
	}
}

// TestOtherPrograms: files without a checksum are believed, and what copies a file in
// another order keeps it whole.
func TestOtherPrograms(t *testing.T) {
	path, _, stored := written(t)
	read, err := safetensors.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(read.Tensors)
	if err := safetensors.WriteFile(path, read); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(path); err != nil {
		t.Errorf("tensors in another order: %v", err)
	}
	delete(read.Metadata, checksumKey)
	read.Tensors[0].Data[0]++
	if err := safetensors.WriteFile(path, read); err != nil {
		t.Fatal(err)
	}
	if got, err := Read(path); err != nil || !maps.Equal(got.Metadata, stored.Metadata) {
		t.Errorf("no checksum: error %v", err)
	}
}

func TestDecode(t *testing.T) {
	type inner struct{ Iterations int }
	type settings struct {
		Epochs    int
		Inference inner
	}
	for text, want := range map[string]string{
		`{"Epochs":1,"Inference":{"Iterations":2}}`: "",
		`{"Inference":{"Iterations":2},"Epochs":1}`: "",
		``:             "missing",
		`{"Epochs":1}`: `no "Inference"`,
		`{"Epochs":1,"inference":{"Iterations":2}}`:    `no "Inference"`,
		`{"Epochs":1,"Inferenze":{"Iterations":2}}`:    `"Inferenze"`,
		`{"Epochs":1,"Inference":{}}`:                  `Inference: no "Iterations"`,
		`{"Epochs":1,"Inference":null}`:                "Inference: is null",
		`{"Epochs":null,"Inference":{"Iterations":2}}`: "Epochs: is null",
		`null`: "is null",
		`{"Epochs":1,"Inference":{"Iterations":2},"Dropout":1}`: `"Dropout"`,
		`{"Epochs":1,"Inference":{"Iterations":2}} {}`:          "follows",
		`{"Epochs":1e99,"Inference":{"Iterations":2}}`:          "1e99",
		`[]`: "array",
	} {
		var s settings
		err := Decode(text, &s)
		if want == "" && (err != nil || s != settings{1, inner{2}}) {
			t.Errorf("%s: %+v, error %v", text, s, err)
		}
		if want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: error %v, want %q in it", text, err, want)
		}
	}
}

// TestDecodeElements: a list has values, or is null itself if it was.
func TestDecodeElements(t *testing.T) {
	type list struct {
		Names []string
		Inner []struct{ N *int }
	}
	for text, want := range map[string]string{
		`{"Names":["a","b"],"Inner":[{"N":null}]}`: "",
		`{"Names":null,"Inner":null}`:              "",
		`{"Names":["a",null],"Inner":null}`:        "Names: 1: is null",
		`{"Names":[],"Inner":[{"N":1},{}]}`:        `Inner: 1: no "N"`,
		`{"Names":[],"Inner":[null]}`:              "Inner: 0: is null",
	} {
		var l list
		if err := Decode(text, &l); (err != nil) != (want != "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", text, err, want)
		}
	}
}
