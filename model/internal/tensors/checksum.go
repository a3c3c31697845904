package tensors

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/internal/safetensors"
)

// checksumKey is the key of the checksum in the metadata.
const checksumKey = "content_sha256"

// ErrDamaged is returned for a file that does not hold what was written to it.
var ErrDamaged = errors.New("the file is damaged: it does not hold what was written to it")

// Read reads a file that [Write] wrote. It fails with [ErrDamaged] if one bit of what
// counts is another. Files of older programs, which have no checksum, are believed.
func Read(path string) (safetensors.File, error) {
	stored, err := safetensors.ReadFile(path)
	if err != nil {
		return safetensors.File{}, err
	}
	if err := verify(stored); err != nil {
		return safetensors.File{}, fmt.Errorf("load %s: %w", path, err)
	}
	return stored, nil
}

// verify compares a file with its checksum, which it takes out of the metadata.
func verify(stored safetensors.File) error {
	for key := range stored.Metadata {
		if nearly(key) {
			return fmt.Errorf("%w (it has %q where %q was)", ErrDamaged, key, checksumKey)
		}
	}
	want, ok := stored.Metadata[checksumKey]
	if !ok {
		return nil
	}
	delete(stored.Metadata, checksumKey)
	if got := checksum(stored); got != want {
		return fmt.Errorf("%w (the SHA-256 of its content is %s, and was %q)", ErrDamaged, got, want)
	}
	return nil
}

// nearly tells whether one letter of the checksum's own key was changed, which would
// have the file believed.
func nearly(key string) bool {
	if len(key) != len(checksumKey) {
		return false
	}
	differ := 0
	for i := range len(key) {
		if key[i] != checksumKey[i] {
			differ++
		}
	}
	return differ == 1
}

// checksum is the SHA-256 of the metadata and of the names, shapes and values of the
// tensors, in hexadecimal. Neither the order of the tensors in the file nor that of the
// header counts, since programs that copy such files keep neither.
func checksum(f safetensors.File) string {
	s := summer{Hash: sha256.New()}
	s.number(len(f.Metadata))
	for _, key := range slices.Sorted(maps.Keys(f.Metadata)) {
		s.text(key)
		s.text(f.Metadata[key])
	}
	byName := slices.Clone(f.Tensors)
	slices.SortFunc(byName, func(a, b safetensors.Tensor) int { return strings.Compare(a.Name, b.Name) })
	s.number(len(byName))
	for _, t := range byName {
		s.text(t.Name)
		s.number(len(t.Shape))
		for _, n := range t.Shape {
			s.number(n)
		}
		s.values(t.Data)
	}
	return hex.EncodeToString(s.Sum(nil))
}

// summer sums up what cannot be mistaken for anything else: texts have their lengths
// before them.
type summer struct {
	hash.Hash
	buf []byte
}

func (s *summer) number(n int) {
	s.buf = binary.LittleEndian.AppendUint64(s.buf[:0], uint64(n))
	s.Write(s.buf) // a hash returns no error
}

func (s *summer) text(t string) {
	s.number(len(t))
	s.Write([]byte(t))
}

func (s *summer) values(data []float32) {
	const chunk = 16 << 10 // stays in the cache
	for part := range slices.Chunk(data, chunk) {
		s.buf = s.buf[:0]
		for _, x := range part {
			s.buf = binary.LittleEndian.AppendUint32(s.buf, math.Float32bits(x))
		}
		s.Write(s.buf)
	}
}
