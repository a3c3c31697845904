package onnx

import "encoding/binary"

// message is a message of protocol buffers: fields, each a number with the kind of its
// value, and the value.
type message []byte

// Kinds of values.
const (
	kindVarint = 0 // an integer, seven bits a byte
	kindBytes  = 2 // a length, and so many bytes
)

// varint adds an integer.
func (m *message) varint(field int, v uint64) {
	*m = binary.AppendUvarint(*m, uint64(field<<3|kindVarint))
	*m = binary.AppendUvarint(*m, v)
}

// head begins a field of n bytes, which the caller appends.
func (m *message) head(field, n int) {
	*m = binary.AppendUvarint(*m, uint64(field<<3|kindBytes))
	*m = binary.AppendUvarint(*m, uint64(n))
}

// text adds a string.
func (m *message) text(field int, s string) {
	m.head(field, len(s))
	*m = append(*m, s...)
}

// add adds a message.
func (m *message) add(field int, part message) {
	m.head(field, len(part))
	*m = append(*m, part...)
}
