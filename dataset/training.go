package dataset

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Training is where the training images of a set are, to be read one after the
// other. What is behind them, the images for validation, is in the same files.
type Training struct {
	// Shards is the number of files; the images of each follow those of the one
	// before. A folder need not have all of them.
	Shards int
	// Numbered tells whether their names number them: see Load.
	Numbered bool

	fsys  fs.FS
	where string // for errors
	name  string // of the file, if it is one
	want  *known // its content, or nil
	apart bool   // whether validation images are elsewhere
}

// FindTraining finds the training images of a source, which is as for [Load]. A
// file that is not in the cache is fetched. There are 0 shards if a folder has no
// training images.
func FindTraining(ctx context.Context, source string, opts Options) (Training, error) {
	switch source {
	case "", sourceDigits:
		return Training{Shards: 1, fsys: digitsFS, where: "built-in digits", name: "digits/train-images-idx3-ubyte.gz", apart: true}, nil
	case sourceMNIST:
		return findRemote(ctx, mnist, opts)
	case sourceFashion:
		return findRemote(ctx, fashionMNIST, opts)
	}
	if err := checkFolder(source); err != nil {
		return Training{}, err
	}
	t := Training{fsys: os.DirFS(source), where: "folder " + source}
	var err error
	if t.name, err = findFile(t.fsys, roles[0]); err == nil && t.name != "" {
		t.Shards = 1
		return t, nil
	}
	if err == nil {
		t.Shards, err = countShards(t.fsys, roles[0])
		t.Numbered = true
	}
	if err != nil {
		return Training{}, fmt.Errorf("%s: %w", t.where, err)
	}
	return t, nil
}

// findRemote is FindTraining for a set from the network.
func findRemote(ctx context.Context, set remote, opts Options) (Training, error) {
	cache, err := opts.cacheDir()
	if err != nil {
		return Training{}, err
	}
	dir, name := filepath.Join(cache, set.name), roles[0].names()[0]
	if _, err := os.Stat(filepath.Join(dir, name)); errors.Is(err, fs.ErrNotExist) {
		if _, err := cached(ctx, set, 0, dir, opts); err != nil {
			return Training{}, err
		}
	}
	return Training{Shards: 1, fsys: os.DirFS(dir), where: dir, name: name, want: &set.files[0]}, nil
}

// Images is how many of n images in all files are for training. It fails if they
// are too few.
func (t Training) Images(n int) (int, error) {
	if t.apart {
		return n, nil
	}
	if n < validShare {
		return 0, fmt.Errorf("%s: %w", t.where, tooFew(n))
	}
	return n - n/validShare, nil
}

// Open opens a shard.
func (t Training) Open(shard int) (*Reader, error) {
	r, err := t.open(shard)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", t.where, err)
	}
	return r, nil
}

func (t Training) open(shard int) (*Reader, error) {
	if t.fsys == nil {
		return nil, errors.New("dataset: these training images are not what FindTraining returns")
	}
	if shard < 0 || shard >= t.Shards {
		return nil, fmt.Errorf("shard %d of %d", shard, t.Shards)
	}
	name := t.name
	if t.Numbered {
		var err error
		if name, err = findShard(t.fsys, roles[0], shard, t.Shards); err != nil {
			return nil, err
		}
	}
	f, err := t.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	r := &Reader{file: f, where: t.where + ": " + name, want: t.want}
	if err := r.begin(); err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return r, nil
}

// Reader reads the images of a file one after the other, and holds none of them.
type Reader struct {
	Len, Height, Width int

	file  fs.File
	where string
	from  io.Reader
	want  *known
	hash  hash.Hash
	left  int // bytes
}

var errNoReader = errors.New("this Reader is not what Training.Open returns")

func (r *Reader) begin() error {
	from, err := plain(r.file)
	if err != nil {
		return err
	}
	limit := int64(maxContent)
	if r.want != nil {
		r.hash = sha256.New()
		from, limit = io.TeeReader(from, r.hash), r.want.size
	}
	sizes, err := readHeader(from, magicImages)
	if err != nil {
		return err
	}
	if r.left, err = contentSize(sizes, limit-headerSize(magicImages)); err != nil {
		return err
	}
	r.Len, r.Height, r.Width, r.from = int(sizes[0]), int(sizes[1]), int(sizes[2]), from
	return nil
}

// Read fills pixels with those that follow, of whole images or parts of them. It
// fails if the file has fewer.
func (r *Reader) Read(pixels []uint8) error {
	if r.from == nil {
		return errNoReader
	}
	n, err := io.ReadFull(r.from, pixels)
	r.left -= n
	if err != nil {
		return fmt.Errorf("%s: the data ends %d bytes early: %w", r.where, r.left, err)
	}
	return nil
}

// Close closes the file. If all pixels have been read, it first sees to it that
// they are the whole content, and the right one.
func (r *Reader) Close() error {
	if r.file == nil {
		return errNoReader
	}
	defer r.file.Close()
	if r.left > 0 {
		return nil
	}
	var extra [1]byte
	switch _, err := io.ReadFull(r.from, extra[:]); {
	case err == nil:
		return fmt.Errorf("%s: the data goes on after %d images of %dx%d", r.where, r.Len, r.Height, r.Width)
	case !errors.Is(err, io.EOF):
		return fmt.Errorf("%s: at the end of the data: %w", r.where, err)
	}
	if r.want != nil {
		if got := hex.EncodeToString(r.hash.Sum(nil)); got != r.want.sha256 {
			return fmt.Errorf("%s: SHA-256 of the content is %s, want %s", r.where, got, r.want.sha256)
		}
	}
	return nil
}
