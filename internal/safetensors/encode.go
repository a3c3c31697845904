package safetensors

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// encodeHeader checks f and returns the JSON header with its padding, at most
// limit bytes. Equal files have equal headers, which is why no Go map is walked
// unsorted here.
func encodeHeader(f File, limit int) ([]byte, error) {
	if err := checkTensors(f.Tensors); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteByte('{')
	comma := ""
	if len(f.Metadata) > 0 {
		if err := encodeMetadata(&b, f.Metadata); err != nil {
			return nil, err
		}
		comma = ","
	}
	offset := int64(0)
	for _, t := range f.Tensors {
		end := offset + valueSize*int64(len(t.Data))
		shape := strings.ReplaceAll(shapeString(t.Shape), " ", "")
		fmt.Fprintf(&b, `%s%s:{"dtype":"%s","shape":%s,"data_offsets":[%d,%d]}`,
			comma, encodeString(t.Name), dtypeF32, shape, offset, end)
		offset, comma = end, ","
	}
	b.WriteByte('}')
	for b.Len()%alignment != 0 { // the 8 bytes of the length keep the alignment
		b.WriteByte(' ')
	}
	if b.Len() > limit {
		return nil, fmt.Errorf("the header takes %d bytes, want at most %d", b.Len(), limit)
	}
	return b.Bytes(), nil
}

func encodeMetadata(b *bytes.Buffer, metadata map[string]string) error {
	fmt.Fprintf(b, `"%s":{`, metadataKey)
	for i, key := range slices.Sorted(maps.Keys(metadata)) {
		value := metadata[key]
		if !utf8.ValidString(key) || !utf8.ValidString(value) {
			return fmt.Errorf("metadata %s is not valid UTF-8", quote(key))
		}
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(b, "%s:%s", encodeString(key), encodeString(value))
	}
	b.WriteByte('}')
	return nil
}

// encodeString writes valid UTF-8 as JSON. HTML has no place here, so that <,
// > and & stay readable.
func encodeString(s string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic(err) // a string always has a JSON form, and a Buffer takes it
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

var errReserved = errors.New("the name " + metadataKey + " is reserved for the metadata")

// checkTensors finds what could not be read back.
func checkTensors(tensors []Tensor) error {
	seen := make(map[string]bool, len(tensors))
	for _, t := range tensors {
		switch {
		case t.Name == metadataKey:
			return errReserved
		case !utf8.ValidString(t.Name):
			return fmt.Errorf("tensor name %s is not valid UTF-8", quote(t.Name))
		case seen[t.Name]:
			return fmt.Errorf("two tensors named %s", quote(t.Name))
		}
		seen[t.Name] = true
		n, err := elements(t.Shape)
		if err != nil {
			return fmt.Errorf("tensor %s: %w", quote(t.Name), err)
		}
		if n != len(t.Data) {
			return fmt.Errorf("tensor %s: shape %s means %d values, the data has %d",
				quote(t.Name), shapeString(t.Shape), n, len(t.Data))
		}
	}
	return nil
}
