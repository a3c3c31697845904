package safetensors

import (
	"encoding/binary"
	"io"
	"math"

	"github.com/targetprop/targetprop/internal/atomicfile"
)

// Write writes f. The bytes are a function of f alone: tensors and their data
// in the order given, metadata sorted by key, the header padded with spaces so
// that the data begins at a multiple of 8 bytes. Everything is checked before
// the first byte is written: each shape against its data, names for being valid
// UTF-8, different and not "__metadata__".
func Write(w io.Writer, f File) error {
	header, err := encodeHeader(f, maxHeader)
	if err != nil {
		return err
	}
	length := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	if _, err := w.Write(length); err != nil {
		return err
	}
	if _, err := w.Write(header); err != nil {
		return err
	}
	buf := make([]byte, 0, chunk*valueSize)
	for _, t := range f.Tensors {
		if err := writeValues(w, t.Data, buf); err != nil {
			return err
		}
	}
	return nil
}

// WriteFile writes f to path; see Write. A file already there is replaced
// whole, or left as it was if there is an error. Errors name the path.
func WriteFile(path string, f File) error {
	return atomicfile.Write(path, func(w io.Writer) error { return Write(w, f) })
}

// writeValues writes the bits of values by way of buf, which holds a chunk.
func writeValues(w io.Writer, values []float32, buf []byte) error {
	for len(values) > 0 {
		n := min(chunk, len(values))
		buf = buf[:0]
		for _, v := range values[:n] {
			buf = binary.LittleEndian.AppendUint32(buf, math.Float32bits(v))
		}
		if _, err := w.Write(buf); err != nil {
			return err
		}
		values = values[n:]
	}
	return nil
}
