package safetensors

import (
	"bytes"
	"encoding/binary"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
)

// raw puts a file together from a header and data, as they are.
func raw(header string, data []byte) []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(b, header...), data...)
}

// values is the data part for numbers.
func values(list ...float32) []byte {
	var b []byte
	for _, v := range list {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}

// read reads a file that is all in memory.
func read(b []byte) (File, error) { return Read(bytes.NewReader(b), int64(len(b))) }

// encode is Write to memory.
func encode(t *testing.T, f File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// same compares bit by bit, so that NaN equals itself and 0 differs from -0.
func same(a, b File) bool {
	return maps.Equal(a.Metadata, b.Metadata) && slices.EqualFunc(a.Tensors, b.Tensors, func(a, b Tensor) bool {
		return a.Name == b.Name && slices.Equal(a.Shape, b.Shape) &&
			slices.EqualFunc(a.Data, b.Data, func(x, y float32) bool { return math.Float32bits(x) == math.Float32bits(y) })
	})
}

// wantError checks that an error has its expected part and fits one line.
func wantError(t *testing.T, err error, part string) {
	t.Helper()
	switch {
	case err == nil:
		t.Errorf("no error, want one with %q", part)
	case !strings.Contains(err.Error(), part):
		t.Errorf("error is %q, want one with %q", err, part)
	case strings.ContainsAny(err.Error(), "\n\x1b") || len(err.Error()) > 1000:
		t.Errorf("error is %q, want one short line", err)
	}
}
