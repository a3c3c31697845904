package reading

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/internal/atomicfile"
)

// Builder gathers examples of bytes that come one after the other: in memory if they
// fit there, and else in a file of the cache, which serves again the next time. That ends
// with the SHA-256 of the examples.
type Builder struct {
	n, dim int
	added  int // of n
	pixels []byte
	file   *os.File
	out    *bufio.Writer
	sum    hash.Hash
	path   string
}

// Cached opens the examples of a cache, if there are too many for memory and they
// are there already, undamaged. key identifies what they are made of.
func Cached(ctx context.Context, o Options, key hash.Hash, n, dim int) (*dataset.Stored, error) {
	if err := checkSize(n, dim); err != nil {
		return nil, err
	}
	if int64(n)*int64(dim) <= o.Limit() {
		return nil, nil
	}
	path, err := cachePath(o, key)
	if err != nil {
		return nil, err
	}
	if !intact(ctx, path, int64(n)*int64(dim)) {
		return nil, ctx.Err()
	}
	return dataset.Open(path, 0, n, dim, false)
}

// checkSize fails unless so many examples of so many bytes can be.
func checkSize(n, dim int) error {
	if n < 0 || dim < 0 || n > math.MaxInt32 || dim > math.MaxInt32 {
		return fmt.Errorf("%d examples of %d bytes: want 0 to %d of both", n, dim, math.MaxInt32)
	}
	return nil
}

// intact tells whether a file of the cache has so many bytes, and behind them their SHA-256. Any
// other is made again.
func intact(ctx context.Context, path string, size int64) bool {
	f, err := atomicfile.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() != size+sha256.Size {
		return false
	}
	sum, in := sha256.New(), io.LimitReader(f, size)
	for err == nil && ctx.Err() == nil {
		_, err = io.CopyN(sum, in, 1<<24)
	}
	want := make([]byte, sha256.Size)
	_, errWant := io.ReadFull(f, want)
	return errors.Is(err, io.EOF) && errWant == nil && bytes.Equal(sum.Sum(nil), want)
}

func cachePath(o Options, key hash.Hash) (string, error) {
	dir := o.CacheDir
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("no place for the cache of decoded pictures: %w", err)
		}
		dir = filepath.Join(user, "targetprop")
	}
	return filepath.Join(dir, "decoded", hex.EncodeToString(key.Sum(nil)[:16])+".bytes"), nil
}

// unfinished begins the names of files that are being written.
const unfinished = "new-"

// orphanAge is when an unfinished file is one of a process that was killed: it is written to
// all the time.
const orphanAge = time.Hour

// removeOrphans removes what killed processes left in a folder of the cache: gigabytes each.
func removeOrphans(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() && strings.HasPrefix(e.Name(), unfinished) && time.Since(info.ModTime()) > orphanAge {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// NewBuilder begins to gather n examples of dim bytes.
func NewBuilder(o Options, key hash.Hash, n, dim int) (*Builder, error) {
	if err := checkSize(n, dim); err != nil {
		return nil, err
	}
	b := &Builder{n: n, dim: dim}
	if int64(n)*int64(dim) <= o.Limit() {
		b.pixels = make([]byte, 0, n*dim)
		return b, nil
	}
	path, err := cachePath(o, key)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, b.uncached(err)
	}
	b.path = path
	removeOrphans(filepath.Dir(path))
	if b.file, err = os.CreateTemp(filepath.Dir(path), unfinished+"*"); err != nil {
		return nil, b.uncached(err)
	}
	b.out, b.sum = bufio.NewWriterSize(b.file, 1<<20), sha256.New()
	return b, nil
}

// Add takes the next example.
func (b *Builder) Add(example []byte) error {
	if len(example) != b.dim || b.added == b.n {
		return fmt.Errorf("example %d of %d bytes: want %d of %d", b.added, len(example), b.n, b.dim)
	}
	b.added++
	if b.file == nil {
		b.pixels = append(b.pixels, example...)
		return nil
	}
	b.sum.Write(example)
	if _, err := b.out.Write(example); err != nil {
		return b.uncached(err)
	}
	return nil
}

// uncached is the error of examples that can not be kept in the cache.
func (b *Builder) uncached(err error) error {
	return fmt.Errorf("the cache of decoded pictures wants %d MB: %w; make room, or have the cache elsewhere, with the environment variable XDG_CACHE_HOME on Linux",
		(int64(b.n)*int64(b.dim))>>20+1, err)
}

// Images are all examples.
func (b *Builder) Images(height, width, channels int) (dataset.Images, error) {
	if b.added != b.n {
		b.Discard()
		return dataset.Images{}, fmt.Errorf("%d examples of %d were gathered", b.added, b.n)
	}
	images := dataset.Images{Height: height, Width: width, Channels: channels, Pixels: b.pixels}
	if b.file == nil {
		return images, nil
	}
	_, errSum := b.out.Write(b.sum.Sum(nil))
	// The sync comes before the rename: after a power failure a file of the right size could be
	// of zeros, and would be taken for the pictures.
	err := errors.Join(errSum, b.out.Flush(), b.file.Sync(), b.file.Close())
	if err == nil {
		err = os.Rename(b.file.Name(), b.path)
	}
	if err != nil {
		os.Remove(b.file.Name())
		return images, b.uncached(err)
	}
	images.Stored, err = dataset.Open(b.path, 0, b.n, b.dim, false)
	return images, err
}

// Discard removes what was gathered.
func (b *Builder) Discard() {
	if b.file != nil {
		b.file.Close()
		os.Remove(b.file.Name())
	}
}

// Start is the first bytes of a file, at most n.
func Start(path string, n int) ([]byte, error) {
	f, err := atomicfile.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, n)
	got, err := io.ReadFull(f, b)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return b[:got], err
}
