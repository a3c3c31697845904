package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
)

// part is a step of reproduce: its result is kept, and made anew only if
// something that it depends on has changed.
type part struct {
	name     string // of its files
	group    string // for --only
	seed     int    // which of the trained networks it needs; noModel if none
	settings any    // what the result depends on, besides the data and the network
	command  string // that makes it
	work     int    // in images that go through INFERENCE, about, for the time left
	run      func(ctx context.Context, progress func(share float64)) (outcome, error)
}

const noModel = -1

// outcome is what a part gives: a result that becomes JSON, and files by the
// ends of their names.
type outcome struct {
	result any
	files  map[string][]byte
}

// partRevision changes with the meaning of results, so that those of older
// programs are not taken for new ones.
const partRevision = 1

// record is a part's result on the disk.
type record struct {
	Part     string          `json:"part"`
	Key      string          `json:"key"`
	Settings json.RawMessage `json:"settings"`
	Data     string          `json:"data_sha256,omitempty"`
	Model    string          `json:"model_sha256,omitempty"`
	Seed     uint64          `json:"seed"`
	Command  string          `json:"command"`
	Seconds  float64         `json:"seconds"`
	Machine  string          `json:"machine"`
	Version  string          `json:"version"`
	Files    []string        `json:"files"`
	Result   json.RawMessage `json:"result"`

	files map[string][]byte
}

// decode reads the result.
func (r record) decode(to any) error {
	if err := json.Unmarshal(r.Result, to); err != nil {
		return fmt.Errorf("the kept result of %s: %w", r.Part, err)
	}
	return nil
}

// file is the name of a part's file, relative to the report.
func (r record) file(end string) string {
	return filepath.ToSlash(filepath.Join(partsFolder, r.Part+"-"+r.Key+"-"+end))
}

// partsFolder is in the folder of the report.
const partsFolder = "parts"

// key identifies everything that decides a part's result.
func (p part) key(data, model string) (key string, settings []byte, err error) {
	if settings, err = json.Marshal(p.settings); err != nil {
		return "", nil, err
	}
	h := sha256.New()
	fmt.Fprintf(h, "%d %s %s %s %s", partRevision, p.name, data, model, settings)
	return hex.EncodeToString(h.Sum(nil))[:12], settings, nil
}

// partStore keeps parts in a folder.
type partStore string

func (s partStore) path(name, key, end string) string {
	return filepath.Join(string(s), name+"-"+key+end)
}

// load reads a part that was kept, with its files. What is missing or damaged
// was not kept.
func (s partStore) load(name, key string) (record, bool) {
	var r record
	content, err := os.ReadFile(s.path(name, key, ".json"))
	if err != nil || json.Unmarshal(content, &r) != nil || r.Part != name || r.Key != key {
		return record{}, false
	}
	r.files = map[string][]byte{}
	for _, end := range r.Files {
		if r.files[end], err = os.ReadFile(s.path(name, key, "-"+end)); err != nil {
			return record{}, false
		}
	}
	return r, true
}

// save keeps a part; its JSON comes last and says that the files are complete.
func (s partStore) save(r *record, o outcome) error {
	result, err := json.Marshal(o.result)
	if err != nil {
		return fmt.Errorf("keep %s: %w", r.Part, err)
	}
	r.Result, r.files, r.Files = result, o.files, nil
	for end, content := range o.files {
		r.Files = append(r.Files, end)
		if err := writeBytes(s.path(r.Part, r.Key, "-"+end), content); err != nil {
			return err
		}
	}
	slices.Sort(r.Files)
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return writeBytes(s.path(r.Part, r.Key, ".json"), append(text, '\n'))
}

// number is a number that may be none: null in JSON.
type number float64

func (n number) MarshalJSON() ([]byte, error) {
	if n-n != 0 {
		return []byte("null"), nil
	}
	return json.Marshal(float64(n))
}

func (n *number) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*n = number(math.NaN())
		return nil
	}
	return json.Unmarshal(text, (*float64)(n))
}

// numbers and floats convert slices.
func numbers(x []float64) []number {
	y := make([]number, len(x))
	for i, v := range x {
		y[i] = number(v)
	}
	return y
}

func floats(x []number) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = float64(v)
	}
	return y
}
