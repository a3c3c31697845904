package pictures

import (
	"bufio"
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
	markRestart = 0xd0
	maxSegments = 64
	maxFill     = 1 << 16
)

// turnOf is that of a JPEG file, which is read from its beginning.
func turnOf(r *bufio.Reader) turn {
	var start, length [2]byte // the length has its own two bytes in it
	if _, err := io.ReadFull(r, start[:]); err != nil || start != [2]byte{0xff, 0xd8} {
		return 0
	}
	for range maxSegments {
		mark := markOf(r)
		if mark == markScan {
			return 0
		}
		if _, err := io.ReadFull(r, length[:]); err != nil {
			return 0
		}
		segment := make([]byte, max(2, int(binary.BigEndian.Uint16(length[:])))-2)
		if _, err := io.ReadFull(r, segment); err != nil {
			return 0
		}
		if tiff, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00")); ok && mark == markExif {
			return orientation(tiff)
		}
	}
	return 0
}

// markOf is the kind of the next segment, which stands behind 0xff; or that of a scan, if there is
// none. As in what decodes the pictures, any number of 0xff may stand before, and what is no mark is
// passed over.
func markOf(r io.ByteReader) byte {
	before := byte(0)
	for range maxFill {
		b, err := r.ReadByte()
		if err != nil {
			break
		}
		restart := markRestart <= b && b < markRestart+8 // has no segment
		if before == 0xff && b != 0xff && b != 0 && !restart {
			return b
		}
		before = b
	}
	return markScan
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
