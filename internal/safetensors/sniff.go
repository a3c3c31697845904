package safetensors

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// headerLength takes the length of the header from the first bytes of a file
// (the length and one more, if there are as many) and checks it against the
// size of the file. Almost every file of another kind ends up here, so its
// errors tell those from damaged ones.
func headerLength(start []byte, size int64) (int, error) {
	if len(start) <= lengthSize {
		return 0, fmt.Errorf("not a safetensors file: %d bytes are too few%s", size, looksLike(start))
	}
	length := binary.LittleEndian.Uint64(start)
	if start[lengthSize] != '{' {
		return 0, fmt.Errorf("not a safetensors file: no header after the first 8 bytes%s", looksLike(start))
	}
	switch left := uint64(size - lengthSize); {
	case length < uint64(len("{}")):
		return 0, fmt.Errorf("header length is %d, want at least 2", length)
	case length > maxHeader:
		return 0, fmt.Errorf("header length is %d, want at most %d%s", length, maxHeader, looksLike(start))
	case length > left:
		return 0, fmt.Errorf("truncated file: the header has %d bytes, but only %d follow", length, left)
	}
	return int(length), nil
}

// looksLike guesses the kind of a file that is no safetensors file.
func looksLike(start []byte) string {
	for _, k := range []struct{ magic, kind string }{
		{"\x1f\x8b", "a gzip file"},
		{"\x89PNG", "a PNG picture"},
		{"PK\x03\x04", "a zip archive, as of PyTorch or NumPy"},
		{"\x80\x02", "a Python pickle"},
		{"\x80\x04", "a Python pickle"},
		{"\x89HDF", "an HDF5 file"},
		{"\x93NUMPY", "a NumPy file"},
		{"GGUF", "a GGUF file"},
		{"\x00\x00\x08", "an IDX file"},
	} {
		if bytes.HasPrefix(start, []byte(k.magic)) {
			return ", it looks like " + k.kind
		}
	}
	isText := func(c byte) bool {
		return c >= 0x80 || c >= ' ' && c < 0x7f || bytes.IndexByte([]byte("\t\r\n"), c) >= 0
	}
	for _, c := range start {
		if !isText(c) {
			return ""
		}
	}
	return ", it looks like text"
}
