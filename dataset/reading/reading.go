// Package reading is what all formats of data sets have in common: how they are
// recognised and read, how a missing part is split off, and where what does not fit
// into memory goes.
package reading

import (
	"context"
	"fmt"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/internal/memory"
)

// Format is a kind of file or folder.
type Format struct {
	Name string
	// Recognise tells from the names and first bytes in a file or a folder whether it
	// is of the format.
	Recognise func(ctx context.Context, path string) (bool, error)
	// Read reads it. Parts that it has not are empty. Errors name the file, and the
	// place in it.
	Read func(ctx context.Context, path string, o Options) (dataset.Set, error)
}

// Options say how a set is read. The zero value is ready for use.
type Options struct {
	// Width and Height are what pictures are scaled to, or 0 if they stay as they
	// are. Rows of numbers become pictures of that size.
	Width, Height int
	// Label is the column of a table that has the labels: its name, or its number
	// from 1 on; "none" if there is none. "" finds it by its name, or because it has
	// words.
	Label string
	// Split says how parts that are missing are made.
	Split Split
	// InMemory is the most bytes of examples that are held in memory; what has more
	// is read from disk while it is used. 0 is DefaultInMemory.
	InMemory int64
	// CacheDir keeps decoded pictures that are more than that. Default: "targetprop"
	// in os.UserCacheDir.
	CacheDir string
	// Progress, if set, is called as reading proceeds. Calls come one after the other.
	Progress func(done, total int)
}

// Unread is an error of a set that would be read with other options: Flag says with which, as
// flags that a program may have.
type Unread struct {
	Err  error
	Flag string
}

func (u Unread) Error() string { return fmt.Sprint(u.Err) }
func (u Unread) Unwrap() error { return u.Err }

// DefaultInMemory is 256 MB.
const DefaultInMemory = 256 << 20

// Limit is the most bytes of examples in memory.
func (o Options) Limit() int64 {
	if o.InMemory > 0 {
		return o.InMemory
	}
	return DefaultInMemory
}

// CheckMany fails if the account that is kept of so many examples, however small they are, does not
// fit in memory: their places, the order in which parts are drawn, digests. It is some 100 bytes each.
func CheckMany(examples int) error {
	return memory.Check(fmt.Sprintf("keeping account of %d examples", examples), 100*float64(examples))
}

// Validate says what is wrong with the options, if anything is.
func (o Options) Validate() error {
	const most = 1 << 13
	if o.Width < 0 || o.Height < 0 || o.Width > most || o.Height > most || (o.Width == 0) != (o.Height == 0) {
		return fmt.Errorf("size %dx%d: want 1 to %d pixels each way", o.Width, o.Height, most)
	}
	return o.Split.validate()
}
