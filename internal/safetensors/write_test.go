package safetensors

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"
)

// The bytes that the reference implementation writes for the same content:
// compact JSON, metadata first, spaces up to a multiple of 8.
func TestWriteBytes(t *testing.T) {
	for _, c := range []struct {
		name string
		file File
		want []byte
	}{
		{"nothing", File{}, raw("{}      ", nil)},
		{"empty metadata", File{Metadata: map[string]string{}}, raw("{}      ", nil)},
		{
			"metadata",
			File{Metadata: map[string]string{"format": "pt"}},
			raw(`{"__metadata__":{"format":"pt"}}`, nil),
		},
		{
			"metadata is sorted, HTML is not escaped",
			File{Metadata: map[string]string{"b": "\"\n", "a": "<é&>", "": "x"}},
			raw(`{"__metadata__":{"":"x","a":"<é&>","b":"\"\n"}}`, nil),
		},
		{
			"tensors in their order",
			File{
				Metadata: map[string]string{"k": "v"},
				Tensors: []Tensor{
					{"w", []int{2, 1}, []float32{1, -2}},
					{"empty", []int{0, 3}, nil},
					{"a", nil, []float32{0.5}},
				},
			},
			raw(`{"__metadata__":{"k":"v"},`+
				`"w":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},`+
				`"empty":{"dtype":"F32","shape":[0,3],"data_offsets":[8,8]},`+
				`"a":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}       `,
				[]byte{0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0x3f}),
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			for range 5 { // Go walks a map in a different order each time
				if got := encode(t, c.file); !bytes.Equal(got, c.want) {
					t.Fatalf("wrote\n%q, want\n%q", got, c.want)
				}
			}
		})
	}
}

func TestWriteAligned(t *testing.T) {
	for n := range 20 {
		b := encode(t, File{Tensors: []Tensor{{strings.Repeat("n", n), []int{1}, []float32{1}}}})
		if (len(b)-valueSize)%alignment != 0 {
			t.Errorf("name of %d bytes: the data begins at byte %d", n, len(b)-valueSize)
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	one := []float32{1}
	for _, c := range []struct {
		part string
		file File
	}{
		{"reserved", File{Tensors: []Tensor{{"__metadata__", []int{1}, one}}}},
		{`two tensors named "a"`, File{Tensors: []Tensor{{"a", []int{1}, one}, {"b", nil, one}, {"a", []int{1}, one}}}},
		{"not valid UTF-8", File{Tensors: []Tensor{{"a\xff", []int{1}, one}}}},
		{"not valid UTF-8", File{Metadata: map[string]string{"a": "\xff"}}},
		{"not valid UTF-8", File{Metadata: map[string]string{"\xff": "a"}}},
		{`tensor "a": shape [2] means 2 values, the data has 1`, File{Tensors: []Tensor{{"a", []int{2}, one}}}},
		{"shape [] means 1 values, the data has 0", File{Tensors: []Tensor{{"a", nil, nil}}}},
		{"shape [0] means 0 values, the data has 1", File{Tensors: []Tensor{{"a", []int{0}, one}}}},
		{"shape [-1, -1] has a negative size", File{Tensors: []Tensor{{"a", []int{-1, -1}, one}}}},
		{"too large", File{Tensors: []Tensor{{"a", []int{math.MaxInt, 2}, one}}}},
		{"65 dimensions", File{Tensors: []Tensor{{"a", make([]int, 65), nil}}}},
	} {
		var b bytes.Buffer
		wantError(t, Write(&b, c.file), c.part)
		if b.Len() > 0 {
			t.Errorf("%s: %d bytes were written", c.part, b.Len())
		}
	}
}

// A header that could not be read is not written; padding counts.
func TestHeaderLimit(t *testing.T) {
	f := File{Metadata: map[string]string{"format": "np"}} // 32 bytes
	if _, err := encodeHeader(f, 32); err != nil {
		t.Error(err)
	}
	_, err := encodeHeader(f, 31)
	wantError(t, err, "the header takes 32 bytes, want at most 31")

	start := length(maxHeader, "{")
	if n, err := headerLength(start, lengthSize+maxHeader); n != maxHeader || err != nil {
		t.Errorf("header of %d bytes, error %v, want the longest", n, err)
	}
}

// full is a writer that has room for so many bytes.
type full int

var errFull = errors.New("no space left")

func (room *full) Write(b []byte) (int, error) {
	if len(b) > int(*room) {
		return 0, errFull
	}
	*room -= full(len(b))
	return len(b), nil
}

func TestWriteReportsFullDisk(t *testing.T) {
	f := File{Tensors: []Tensor{{"a", []int{chunk + 1}, make([]float32, chunk+1)}}}
	size := len(encode(t, f))
	for _, room := range []int{0, 8, size - (chunk+1)*valueSize, size - 1} {
		left := full(room)
		if err := Write(&left, f); !errors.Is(err, errFull) {
			t.Errorf("room for %d of %d bytes: error is %v", room, size, err)
		}
	}
}
