package experiment

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// FuzzPart: whatever is in the folder, a part is read as it was kept or was not kept. make
// fuzz runs it for long.
func FuzzPart(f *testing.F) {
	dir := f.TempDir()
	s := Store(dir)
	made := Record{Part: "a", Key: "1", Settings: json.RawMessage(`{}`)}
	if err := s.Save(&made, Outcome{Result: []int{1}, Files: map[string][]byte{"b.png": []byte("b")}}); err != nil {
		f.Fatal(err)
	}
	path := filepath.Join(dir, "a-1.json")
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	for _, seed := range []string{`{}`, `{"part":"a","key":"1","files":["/../../dev/zero"]}`, `{"part":"a","key":"1","files":null,"result":{},"sha256":""}`, `[`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		r, ok := s.Load("a", "1")
		if ok && (string(r.Result) == "" || r.Sum != r.sum() || len(r.files) > maxFiles) {
			t.Errorf("%+v was taken", r)
		}
	})
}
