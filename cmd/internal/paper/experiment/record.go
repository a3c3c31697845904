package experiment

import (
	"encoding/json"
	"path/filepath"

	"github.com/targetprop/targetprop/internal/report"
)

// Record is a part's result on the disk.
type Record struct {
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
	Sum      string          `json:"sha256"`                 // of result and files
	Whole    string          `json:"whole_sha256,omitempty"` // of all that is here; parts of earlier programs have none

	files map[string][]byte
}

// Folder is where parts are, in the folder of the report.
const Folder = "parts"

// file is the name of a part's file, relative to the report.
func (r Record) file(end string) string {
	return filepath.ToSlash(filepath.Join(Folder, r.Part+"-"+r.Key+"-"+end))
}

// Figure is a figure of a part's picture, and of a file with its numbers if data
// is not "".
func (r Record) Figure(png, data, caption string) report.Figure {
	f := report.Figure{Caption: caption, File: r.file(png), PNG: r.files[png]}
	if data != "" {
		f.Data = r.file(data)
	}
	return f
}

// Records are the parts at hand, by name.
type Records map[string]Record

// Decode finds a part and reads its result and settings, either of which may be
// nil.
func (r Records) Decode(part string, result, settings any) (Record, bool) {
	found, ok := r[part]
	if !ok || result != nil && json.Unmarshal(found.Result, result) != nil || settings != nil && json.Unmarshal(found.Settings, settings) != nil {
		return Record{}, false
	}
	return found, true
}
