package data

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"

	"github.com/targetprop/targetprop/dataset"
)

// MNISTDigest is the digest of MNIST's first 50,000 training images, with which
// the published numbers compare.
const MNISTDigest = "f15f846aa4b2e2877d404537b9c8d01fe13a202e540a5f33c7de53a4a3a7fb36"

// Digest identifies examples by their numbers, as they are stored.
func Digest(set dataset.Images) string {
	h := newDigest(set.Len(), set.Height, set.Width)
	if set.Depth() > 1 || set.Floats() {
		fmt.Fprintf(h, "%d channels, floats: %v\n", set.Depth(), set.Floats())
	}
	var raw []byte
	for i := range set.Len() {
		raw = set.AppendRaw(raw[:0], i)
		h.Write(raw)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// RangeDigest identifies what numbers of the examples are read as 0 and 1, or as -1 and 1. That of floats without a
// scale, which are not cut, is their own.
func RangeDigest(set dataset.Images) string {
	s := &dataset.Scale{}
	switch {
	case set.Scale != nil:
		s = set.Scale
	case !set.Floats():
		s = bounds(0, 255)
	}
	h := sha256.New()
	fmt.Fprintln(h, s.Signed, s.Lo, s.Hi)
	return hex.EncodeToString(h.Sum(nil))
}

// DigestOfAll identifies the examples of all parts.
func DigestOfAll(set dataset.Set) string {
	sum := sha256.Sum256([]byte(Digest(set.Train) + Digest(set.Valid) + Digest(set.Test)))
	return hex.EncodeToString(sum[:])
}

// newDigest is the beginning of a digest.
func newDigest(n, height, width int) hash.Hash {
	h := sha256.New()
	fmt.Fprintf(h, "%d %d %d\n", n, height, width)
	return h
}

// LabelsDigest identifies the labels of images.
func LabelsDigest(set dataset.Images) string {
	sum := sha256.Sum256(set.Labels)
	return hex.EncodeToString(sum[:])
}
