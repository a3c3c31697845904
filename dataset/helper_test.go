package dataset

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"testing"
)

// idxFile is an IDX file with the given header words and data.
func idxFile(data []byte, words ...uint32) []byte {
	var b []byte
	for _, w := range words {
		b = binary.BigEndian.AppendUint32(b, w)
	}
	return append(b, data...)
}

func imageFile(n, h, w uint32, data []byte) []byte {
	return idxFile(data, magicImages, n, h, w)
}

func labelFile(labels []byte) []byte { return idxFile(labels, magicLabels, uint32(len(labels))) }

// zipped is the gzip archive of content. Writing to memory does not fail.
func zipped(content []byte) []byte {
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	_, _ = z.Write(content)
	_ = z.Close()
	return buf.Bytes()
}

// noise is n bytes that gzip can not shrink, the same for the same seed.
func noise(seed uint64, n int) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	b := make([]byte, n)
	for i := range b {
		b[i] = uint8(r.Uint32())
	}
	return b
}

func sha(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// wantError checks that an error says all of what it should.
func wantError(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one with %q", parts)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q does not contain %q", err, part)
		}
	}
}
