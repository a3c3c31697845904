package dataset

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
)

// known is what a file must contain. The size and the SHA-256 are those of the
// decompressed content: the archives themselves differ between mirrors, some
// of which have packed the files again.
type known struct {
	size   int64
	sha256 string
}

// readKnown reads an IDX file, plain or gzip, and compares its content with
// the checksum. The limit is the known size, so that a hostile archive can not
// unpack to more than that.
func readKnown(r io.Reader, magic uint32, want known) (idx, error) {
	r, err := plain(r)
	if err != nil {
		return idx{}, err
	}
	hash := sha256.New()
	content, err := readPlain(io.TeeReader(r, hash), magic, want.size)
	if err != nil {
		return idx{}, err
	}
	if got := hex.EncodeToString(hash.Sum(nil)); got != want.sha256 {
		return idx{}, fmt.Errorf("SHA-256 of the content is %s, want %s", got, want.sha256)
	}
	return content, nil
}

// archiveLimit is the largest archive worth reading: gzip grows what it can not
// pack by 5 bytes in 65,535 and a header, and the content itself may be served.
func archiveLimit(f known) int64 { return f.size + f.size/1024 + 4096 }
