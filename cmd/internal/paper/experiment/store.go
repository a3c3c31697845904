package experiment

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/targetprop/targetprop/internal/atomicfile"
)

// Store keeps parts in a folder.
type Store string

func (s Store) path(name, key, end string) string {
	return filepath.Join(string(s), name+"-"+key+end)
}

// Load reads a part that was kept, with its files. What is missing or damaged
// was not kept.
func (s Store) Load(name, key string) (Record, bool) {
	var r Record
	content, err := os.ReadFile(s.path(name, key, ".json"))
	if err != nil || json.Unmarshal(content, &r) != nil || r.Part != name || r.Key != key {
		return Record{}, false
	}
	r.files = map[string][]byte{}
	for _, end := range r.Files {
		if r.files[end], err = os.ReadFile(s.path(name, key, "-"+end)); err != nil {
			return Record{}, false
		}
	}
	return r, true
}

// Save keeps a part; its JSON comes last and says that the files are complete.
func (s Store) Save(r *Record, o Outcome) error {
	result, err := json.Marshal(o.Result)
	if err != nil {
		return fmt.Errorf("keep %s: %w", r.Part, err)
	}
	r.Result, r.files, r.Files = result, o.Files, nil
	for end, content := range o.Files {
		r.Files = append(r.Files, end)
		if err := atomicfile.WriteBytes(s.path(r.Part, r.Key, "-"+end), content); err != nil {
			return err
		}
	}
	slices.Sort(r.Files)
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return atomicfile.WriteBytes(s.path(r.Part, r.Key, ".json"), append(text, '\n'))
}
