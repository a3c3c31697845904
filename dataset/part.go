package dataset

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// orphanAge is when a file that nobody has written to belongs to a process that
// was killed: a live download gives up after stallLimit without a byte.
const orphanAge = 10 * stallLimit

// A part is a file that is being downloaded to final.
//
// Unfinished work waits for the next run as final + ".part". A download takes
// it by renaming it to a name of its own, and gives it back the same way when
// it has to stop. Of two processes that want the same file only one can win
// the rename; the other one starts a file of its own, and whoever is done
// first or last puts a complete, checked file in place by another rename. No two
// ever write to one file, nobody waits, and no lock can be left behind.
type part struct {
	*os.File
	final string
}

// claimPart opens the unfinished download of final, or an empty file if there
// is none.
func claimPart(final string) (part, error) {
	if err := os.MkdirAll(filepath.Dir(final), 0o755); err != nil {
		return part{}, err
	}
	adoptOrphans(final)
	if info, err := os.Lstat(final + ".part"); err == nil && !info.Mode().IsRegular() {
		return part{}, fmt.Errorf("%s.part is a link, a folder or a pipe, and no unfinished download: remove it", final)
	}
	own := fmt.Sprintf("%s.part-%d-%08x", final, os.Getpid(), rand.Uint32())
	create := 0
	if os.Rename(final+".part", own) != nil {
		create = os.O_CREATE | os.O_EXCL // there is nothing to take over
	}
	f, err := os.OpenFile(own, os.O_RDWR|create, 0o644)
	if err != nil {
		return part{}, err
	}
	return part{f, final}, nil
}

// adoptOrphans offers the work of killed processes to the next claim. One of
// them will do, the renames drop the others.
func adoptOrphans(final string) {
	dir, base := filepath.Split(final)
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), base+".part-") {
			continue
		}
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > orphanAge {
			_ = os.Rename(dir+e.Name(), final+".part")
		}
	}
}

// offset is the number of bytes that are there. The next write goes behind them.
func (p part) offset() (int64, error) { return p.Seek(0, io.SeekEnd) }

// reset drops what is there.
func (p part) reset() error {
	if err := p.Truncate(0); err != nil {
		return err
	}
	_, err := p.Seek(0, io.SeekStart)
	return err
}

// release gives unfinished work back for a later run.
func (p part) release() {
	n, err := p.offset()
	p.Close()
	if err != nil || n == 0 {
		os.Remove(p.Name())
		return
	}
	if os.Rename(p.Name(), p.final+".part") != nil {
		os.Remove(p.Name())
	}
}

// commit puts the finished file in its place. It is on the disk before it gets
// its name, so that after a crash the name stands for a whole file or none.
func (p part) commit() error {
	err := p.Sync()
	if closeErr := p.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(p.Name(), p.final)
	}
	if err != nil {
		os.Remove(p.Name())
		return err
	}
	syncDir(filepath.Dir(p.final))
	return nil
}

// syncDir makes a rename durable where the system can do that. Where it can
// not, the worst case is to download again.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		d.Close()
	}
}
