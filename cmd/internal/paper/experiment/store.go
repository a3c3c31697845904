package experiment

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

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
	content, err := atomicfile.ReadOwn(s.path(name, key, ".json"), maxFile)
	if err != nil || json.Unmarshal(content, &r) != nil || r.Part != name || r.Key != key || len(r.Files) > maxFiles {
		return Record{}, false
	}
	r.files = map[string][]byte{}
	for _, end := range r.Files {
		if !plain(end) {
			return Record{}, false
		}
		if r.files[end], err = atomicfile.ReadOwn(s.path(name, key, "-"+end), maxFile); err != nil {
			return Record{}, false
		}
	}
	return r, r.Sum != "" && r.Sum == r.sum() && (r.Whole == "" || r.Whole == r.whole())
}

// Bounds of what is read: no part of ours comes near.
const (
	maxFile  = 64 << 20 // bytes
	maxFiles = 100
)

// plain tells whether the end of a file's name is nothing but that: the list of a part's
// files comes from the folder, and must not lead out of it.
func plain(end string) bool {
	return end != "" && strings.Trim(end, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == ""
}

// partFile is the name of a part's file, by the key at least.
var partFile = regexp.MustCompile(`^[a-z0-9]+.*-[0-9a-f]{12}(-|\.json$)`)

// Used tells whether parts were kept here, whole or not.
func (s Store) Used() bool {
	entries, _ := os.ReadDir(string(s))
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return partFile.MatchString(e.Name()) })
}

// Check fails if what is there by the names of a part's files could not be replaced: it is for
// before the part is made.
func (s Store) Check(name, key string) error {
	entries, err := os.ReadDir(string(s))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // it will be made
	}
	if err != nil {
		return err
	}
	if err := atomicfile.CheckOwn(s.path(name, key, ".json")); err != nil {
		return err
	}
	for _, e := range entries {
		path := filepath.Join(string(s), e.Name())
		if !strings.HasPrefix(path, s.path(name, key, "")) {
			continue
		}
		if err := atomicfile.CheckOwn(path); err != nil {
			return err
		}
	}
	return nil
}

// sum is the SHA-256 of all that a part gives, by which damage is noticed; empty if the
// result is no JSON, or missing.
func (r *Record) sum() string {
	h := sha256.New()
	result := bytes.NewBuffer(nil)
	if json.Compact(result, r.Result) != nil {
		return ""
	}
	fmt.Fprintf(h, "%d %s", result.Len(), result)
	for _, end := range r.Files {
		fmt.Fprintf(h, "%s %d ", end, len(r.files[end]))
		h.Write(r.files[end])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// whole is the SHA-256 of the record.
func (r *Record) whole() string {
	all := *r
	all.Whole = ""
	return SumOf(all)
}

// SumOf is the SHA-256 of v as JSON, empty if it is none.
func SumOf(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
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
	r.Sum = r.sum()
	r.Whole = r.whole()
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return atomicfile.WriteBytes(s.path(r.Part, r.Key, ".json"), append(text, '\n'))
}
