package program

import (
	"encoding/binary"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// withNotes is the content of a model's file with other metadata, "" for none, and without a
// checksum, as earlier programs wrote it.
func withNotes(t *testing.T, content string, change map[string]string) string {
	t.Helper()
	size := binary.LittleEndian.Uint64([]byte(content))
	var header map[string]json.RawMessage
	decodeJSON(t, content[8:8+size], &header)
	var notes map[string]string
	decodeJSON(t, string(header["__metadata__"]), &notes)
	delete(notes, "content_sha256")
	for key, value := range change {
		if notes[key] = value; value == "" {
			delete(notes, key)
		}
	}
	var err error
	if header["__metadata__"], err = json.Marshal(notes); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(header)
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, strings.Repeat(" ", -len(text)&7)...)
	return string(binary.LittleEndian.AppendUint64(nil, uint64(len(text)))) + string(text) + content[8+size:]
}

// TestDamagedNotes: a note that cannot be read is not taken for none: other examples would be tested
// on, or read as other numbers.
func TestDamagedNotes(t *testing.T) {
	table, model := twoClasses(t, "a,b,c,label", "no", "yes"), filepath.Join(t.TempDir(), "run")
	mustSucceed(t, "train", "--task", "classify", "--data", table, "--split", "60,20,20", "--layers", "8", "--epochs", "1", "--out", model)
	path := filepath.Join(model, "model.safetensors")
	whole := read(t, path)
	for _, c := range [][2]string{
		{"reading", `"x"`}, {"reading", "[]"}, {"reading", "{"}, {"reading", `{"split":"1,2"}`}, {"reading", `{"size":"3by3"}`},
		{"scale", `{"lo":[9,0,0],"hi":[1,1000,1]}`}, {"scale", `{"lo":[1],"hi":[0]}`}, {"scale", "[]"}, {"columns", `["a"]`}, {"classes", "[]"},
	} {
		write(t, path, withNotes(t, whole, map[string]string{c[0]: c[1]}))
		mustFailWith(t, `its note "`+c[0]+`" is none`, "classify", "--model", model, "--data", table)
	}
	write(t, path, withNotes(t, whole, nil))
	mustSucceed(t, "classify", "--model", model, "--data", table)
}
