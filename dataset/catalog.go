package dataset

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// The sources that Load knows by name.
const (
	sourceDigits  = "digits"
	sourceMNIST   = "mnist"
	sourceFashion = "fashion-mnist"
)

// A remote is a set that is fetched over the network.
type remote struct {
	name    string
	mirrors []string // base URLs, ending in a slash, tried in order
	files   [4]known // in the order of roles
}

// The checksums were computed from a copy of MNIST whose decompressed MD5s are
// the published ones.
var mnist = remote{
	name: sourceMNIST,
	mirrors: []string{
		"https://storage.googleapis.com/cvdf-datasets/mnist/",
		"https://ossci-datasets.s3.amazonaws.com/mnist/",
	},
	files: [4]known{
		{47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"},
		{60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"},
		{7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"},
		{10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"},
	},
}

// The checksums are as published by several projects that unpack the files of
// zalandoresearch/fashion-mnist; those of the two label files were computed
// from that repository as well. The project's own address has no TLS and is not
// among the mirrors.
var fashionMNIST = remote{
	name: sourceFashion,
	mirrors: []string{
		"https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/b2617bb6d3ffa2e429640350f613e3291e10b141/data/fashion/",
	},
	files: [4]known{
		{47_040_016, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"},
		{60_008, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"},
		{7_840_016, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"},
		{10_008, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"},
	},
}

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

// stallLimit is how long a server may send nothing.
const stallLimit = 30 * time.Second

// Options says how Load fetches what is not there yet. The zero value is ready
// for use.
type Options struct {
	// CacheDir keeps downloads, in one folder for each set.
	// Default: "targetprop" in os.UserCacheDir.
	CacheDir string

	// Progress, if set, is called as a download proceeds: the file's name, the
	// bytes that are there, and how many there will be (-1 if the server does
	// not tell). Calls come one after the other, before Load returns.
	Progress func(name string, done, total int64)

	// Mirrors replaces the built-in addresses: base URLs that are tried in
	// order. The content is checked all the same.
	Mirrors []string

	// stall replaces stallLimit in tests.
	stall time.Duration
}

// cacheDir is the folder of the downloads.
func (o Options) cacheDir() (string, error) {
	if o.CacheDir != "" {
		return o.CacheDir, nil
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no place for downloads: %w", err)
	}
	return filepath.Join(dir, "targetprop"), nil
}
