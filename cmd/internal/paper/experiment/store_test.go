package experiment

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestStore: a part comes back as it was kept, or not at all.
func TestStore(t *testing.T) {
	dir := t.TempDir()
	s := Store(dir)
	made := Record{Part: "a", Key: "1", Settings: json.RawMessage(`{"n":3}`), Seconds: 2}
	if err := s.Save(&made, Outcome{Result: []Number{1, Number(math.NaN())}, Files: map[string][]byte{"b.png": []byte("b"), "a.csv": []byte("a")}}); err != nil {
		t.Fatal(err)
	}
	check := func(r Record) {
		t.Helper()
		var result []Number
		var settings struct{ N int }
		found, ok := Records{"a": r}.Decode("a", &result, &settings)
		if !ok || len(result) != 2 || result[0] != 1 || !math.IsNaN(float64(result[1])) || settings.N != 3 {
			t.Fatalf("record %+v: result %v, settings %v", r, result, settings)
		}
		f := found.Figure("b.png", "a.csv", "caption")
		if f.File != "parts/a-1-b.png" || f.Data != "parts/a-1-a.csv" || string(f.PNG) != "b" {
			t.Errorf("figure %+v", f)
		}
	}
	check(made)
	kept, ok := s.Load("a", "1")
	if !ok {
		t.Fatal("not kept")
	}
	check(kept)
	if _, ok := s.Load("a", "2"); ok {
		t.Error("kept under another key")
	}
	if _, ok := (Records{"a": kept}).Decode("b", nil, nil); ok {
		t.Error("another part was found")
	}
	if _, ok := (Records{"a": kept}).Decode("a", new(struct{}), nil); ok {
		t.Error("a result of another type was read")
	}
	for _, lost := range []string{"a-1-a.csv", "a-1.json"} {
		path := filepath.Join(dir, lost)
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if _, ok := s.Load("a", "1"); ok {
			t.Errorf("kept without %s", lost)
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "a-1.json")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{{`"n": 3`, `"n": 4`}, {`"seconds": 2`, `"seconds": 3`}, {`"seed": 0`, `"seed": 1`}, {`"machine": ""`, `"machine": "x"`}} {
		damaged := strings.Replace(string(content), change[0], change[1], 1)
		if damaged == string(content) {
			t.Fatalf("no %s in %s", change[0], content)
		}
		if err := os.WriteFile(path, []byte(damaged), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, ok := s.Load("a", "1"); ok {
			t.Errorf("kept with %s", change[1])
		}
	}
	older := regexp.MustCompile(`,\s*"whole_sha256": "[0-9a-f]*"`).ReplaceAll(content, nil)
	if err := os.WriteFile(path, older, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.Load("a", "1"); !ok || len(older) == len(content) {
		t.Error("a part of an earlier program is lost")
	}
	if err := os.WriteFile(filepath.Join(dir, "a-1.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.Load("a", "1"); ok {
		t.Error("kept though damaged")
	}
}
