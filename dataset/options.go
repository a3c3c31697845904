package dataset

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

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
