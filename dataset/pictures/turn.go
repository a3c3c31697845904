package pictures

import (
	"bytes"
	"encoding/binary"
	"io"
)

// A turn is how a picture that a camera stored is to be seen: the number that Exif's tag
// Orientation has, 1 to 8, or 0 without one.
type turn int

// swaps tells whether width and height change places.
func (t turn) swaps() bool { return t >= 5 }

// from is where the pixel at x, y of the picture as it is seen stands in what was stored, of
// width x height pixels.
func (t turn) from(x, y, width, height int) (int, int) {
	if t.swaps() {
		x, y = y, x
	}
	switch t {
	case 2, 3, 7, 8:
		x = width - 1 - x
	}
	switch t {
	case 3, 4, 6, 7:
		y = height - 1 - y
	}
	return x, y
}

// Of a JPEG file.
const (
	markExif    = 0xe1
	markScan    = 0xda // the segments before it are about the picture
	maxSegments = 64
)

// turnOf is that of a JPEG file, which is read from its beginning.
func turnOf(r io.Reader) turn {
	var start [2]byte
	if _, err := io.ReadFull(r, start[:]); err != nil || start != [2]byte{0xff, 0xd8} {
		return 0
	}
	for range maxSegments {
		var head [4]byte // 0xff, the kind, and the length with its own two bytes
		if _, err := io.ReadFull(r, head[:]); err != nil || head[0] != 0xff || head[1] == markScan {
			return 0
		}
		segment := make([]byte, max(2, int(binary.BigEndian.Uint16(head[2:])))-2)
		if _, err := io.ReadFull(r, segment); err != nil {
			return 0
		}
		if tiff, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00")); ok && head[1] == markExif {
			return orientation(tiff)
		}
	}
	return 0
}

// orientation is the tag of that name in the first directory of a TIFF header.
func orientation(tiff []byte) turn {
	if len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	const tag, entry = 0x112, 12
	at := int64(order.Uint32(tiff[4:]))
	if at > int64(len(tiff)-2) {
		return 0
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < entry {
			return 0
		}
		if n := order.Uint16(entries[8:]); order.Uint16(entries) == tag && n <= 8 {
			return turn(n)
		}
		entries = entries[entry:]
	}
	return 0
}
