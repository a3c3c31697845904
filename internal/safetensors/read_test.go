package safetensors

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"
	"testing/iotest"
)

// Any file that can be written comes back the same, bit by bit, and is written
// the same again.
func TestRoundTrip(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	names := []string{"", "w0", "layer.1/weight", "é∞\u2028", `"\`, "\x00\n\t", "<&>", "__metadata", " "}
	for round := range 300 {
		f := randomFile(rng, names)
		b := encode(t, f)
		for _, r := range []func() (File, error){
			func() (File, error) { return read(b) },
			func() (File, error) {
				return Read(iotest.DataErrReader(iotest.HalfReader(bytes.NewReader(b))), int64(len(b)))
			},
		} {
			got, err := r()
			if err != nil {
				t.Fatalf("round %d: %v", round, err)
			}
			if !same(got, f) {
				t.Fatalf("round %d: read\n%v, want\n%v", round, got, f)
			}
		}
		if got, _ := read(b); !bytes.Equal(encode(t, got), b) {
			t.Fatalf("round %d: other bytes the second time", round)
		}
	}
}

// randomFile makes a file with the names in any order and any bits as values.
func randomFile(rng *rand.Rand, names []string) File {
	var f File
	for _, i := range rng.Perm(len(names))[:rng.IntN(len(names)+1)] {
		t := Tensor{Name: names[i]}
		n := 1
		for range rng.IntN(4) {
			d := rng.IntN(5)
			t.Shape, n = append(t.Shape, d), n*d
		}
		if rng.IntN(20) == 0 { // more than a chunk
			n = chunk + rng.IntN(3)
			t.Shape = []int{1, n}
		}
		for range n {
			t.Data = append(t.Data, math.Float32frombits(rng.Uint32()))
		}
		f.Tensors = append(f.Tensors, t)
		if rng.IntN(2) == 0 {
			if f.Metadata == nil {
				f.Metadata = map[string]string{}
			}
			f.Metadata[names[i]] = names[rng.IntN(len(names))]
		}
	}
	return f
}

// The bits of every kind of value survive.
func TestValuesAreKept(t *testing.T) {
	var data []float32
	for _, bits := range []uint32{0, 1 << 31, 1, 0x007fffff, 0x7f7fffff, 0x7f800000, 0xff800000, 0x7fc00000, 0x7f800001, 0xffc12345} {
		data = append(data, math.Float32frombits(bits))
	}
	f := File{Tensors: []Tensor{{"v", []int{len(data)}, data}}}
	got, err := read(encode(t, f))
	if err != nil || !same(got, f) {
		t.Errorf("read %v, error %v, want %v", got, err, f)
	}
}

// What Python programs write: the safetensors library sorts tensors by name
// and writes compact JSON with spaces behind it; scripts that use json.dumps
// put spaces between, escape what is not ASCII, often pad nothing, and may list
// tensors in another order than their data.
func TestReadFromPython(t *testing.T) {
	want := File{
		Metadata: map[string]string{"format": "np", "größe": "1"},
		Tensors: []Tensor{
			{"bias", []int{2}, []float32{0.5, -1}},
			{"scale", nil, []float32{3}},
			{"weight", []int{2, 3}, []float32{1, 2, 3, 4, 5, 6}},
		},
	}
	data := values(0.5, -1, 3, 1, 2, 3, 4, 5, 6)
	for name, header := range map[string]string{
		"library": `{"__metadata__":{"größe":"1","format":"np"},` +
			`"bias":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},` +
			`"scale":{"dtype":"F32","shape":[],"data_offsets":[8,12]},` +
			`"weight":{"dtype":"F32","shape":[2,3],"data_offsets":[12,36]}}      `,
		"json.dumps": `{"weight": {"dtype": "F32", "shape": [2, 3], "data_offsets": [12, 36]}, ` +
			`"scale": {"data_offsets": [8, 12], "dtype": "F32", "shape": []}, ` +
			`"bias": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}, ` +
			`"__metadata__": {"format": "np", "gr\u00f6\u00dfe": "1"}}`,
		"json.dumps(indent=1)": "{\n \"bias\": {\n  \"dtype\": \"F32\",\n  \"shape\": [\n   2\n  ],\n  \"data_offsets\": [\n   0,\n   8\n  ]\n },\n" +
			` "scale": {"dtype": "F32", "shape": [], "data_offsets": [8, 12]},` + "\n" +
			` "weight": {"dtype": "F32", "shape": [2, 3], "data_offsets": [12, 36]},` + "\n" +
			` "__metadata__": {"format": "np", "größe": "1"}` + "\n}\n\t\r ",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := read(raw(header, data))
			if err != nil {
				t.Fatal(err)
			}
			if !same(got, want) {
				t.Errorf("read\n%v, want\n%v", got, want)
			}
		})
	}
}

// Every beginning of a file, and every file with more behind it, is refused.
func TestReadTruncatedAndTrailing(t *testing.T) {
	b := encode(t, File{
		Metadata: map[string]string{"k": "v"},
		Tensors:  []Tensor{{"a", []int{2, 2}, []float32{1, 2, 3, 4}}, {"b", nil, []float32{5}}},
	})
	for n := range len(b) {
		if _, err := read(b[:n]); err == nil {
			t.Errorf("the first %d of %d bytes were read", n, len(b))
		}
		// The size may also be wrong: the file shrank after it was measured.
		_, err := Read(bytes.NewReader(b[:n]), int64(len(b)))
		wantError(t, err, "the file ended while it was read")
	}
	_, err := read(append(bytes.Clone(b), 0))
	wantError(t, err, "1 bytes after the last tensor belong to no tensor")
	_, err = Read(bytes.NewReader(append(bytes.Clone(b), 0)), int64(len(b)))
	wantError(t, err, "more follows")
}

func TestReadReportsReaderErrors(t *testing.T) {
	boom := errors.New("boom")
	b := encode(t, File{Tensors: []Tensor{{"a", []int{2}, []float32{1, 2}}}})
	for _, n := range []int{0, 5, 20, len(b) - 3, len(b)} {
		r := &thenError{bytes.NewReader(b[:n]), boom}
		if _, err := Read(r, int64(len(b))); !errors.Is(err, boom) {
			t.Errorf("reader failing after %d bytes: error is %v", n, err)
		}
	}
}

// thenError is a reader that fails where another would end.
type thenError struct {
	r   *bytes.Reader
	err error
}

func (t *thenError) Read(b []byte) (int, error) {
	if t.r.Len() == 0 {
		return 0, t.err
	}
	return t.r.Read(b)
}

// A small file that promises much must not cost much.
func TestReadAllocatesLittleForLies(t *testing.T) {
	for _, b := range [][]byte{
		raw(`{"a":{"dtype":"F32","shape":[1000000000],"data_offsets":[0,4000000000]}}`, nil),
		append([]byte{0xff, 0xe0, 0xf5, 0x05, 0, 0, 0, 0}, "{}"...), // a header of 99,999,999 bytes
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := read(b)
		runtime.ReadMemStats(&after)
		if err == nil {
			t.Errorf("%.60q was read", b)
		}
		if got := after.TotalAlloc - before.TotalAlloc; got > 64<<10 {
			t.Errorf("%.60q took %d bytes of memory", b, got)
		}
	}
}
