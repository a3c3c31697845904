package dataset

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
)

// maxAttempts bounds the transfers from one mirror: a connection that
// breaks now and then is resumed, one that breaks always is left.
const maxAttempts = 5

// offlineHelp ends the message of a download that failed everywhere.
const offlineHelp = "Without network: use --data digits (built in), or --data with a folder that has the four files " +
	"train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz."

// A download fetches one file of a remote set.
type download struct {
	set, name string
	magic     uint32
	want      known
	mirrors   []string
	transfer  transfer
}

func newDownload(set remote, i int, opts Options) download {
	d := download{
		set:      set.name,
		name:     roles[i].names()[0],
		magic:    roles[i].magic,
		want:     set.files[i],
		mirrors:  set.mirrors,
		transfer: transfer{limit: archiveLimit(set.files[i]), stall: stallLimit, progress: func(int64, int64) {}},
	}
	if len(opts.Mirrors) > 0 {
		d.mirrors = opts.Mirrors
	}
	if opts.Progress != nil {
		d.transfer.progress = func(done, total int64) { opts.Progress(d.name, done, total) }
	}
	if opts.stall > 0 {
		d.transfer.stall = opts.stall
	}
	return d
}

// run fetches the file to dir and returns its checked content. What a broken
// transfer has brought is kept for the next mirror or the next run.
func (d download) run(ctx context.Context, dir string) (idx, error) {
	p, err := claimPart(filepath.Join(dir, d.name))
	if err != nil {
		return idx{}, fmt.Errorf("%s: can not write to the cache: %w", d.set, err)
	}
	content, err := d.fetch(ctx, p)
	if err != nil {
		p.release()
		return idx{}, err
	}
	if err := p.commit(); err != nil {
		return idx{}, fmt.Errorf("%s: can not write to the cache: %w", d.set, err)
	}
	return content, nil
}

// fetch goes through the mirrors until one has served the right content.
func (d download) fetch(ctx context.Context, p part) (idx, error) {
	var failed []string
	for _, base := range d.mirrors {
		url := strings.TrimSuffix(base, "/") + "/" + d.name
		content, err := d.fromMirror(ctx, p, url)
		switch {
		case err == nil:
			return content, nil
		case ctx.Err() != nil:
			return idx{}, fmt.Errorf("fetching %s: %w", url, ctx.Err())
		case isLocal(err):
			return idx{}, fmt.Errorf("%s: can not write to the cache: %w", d.set, err)
		}
		failed = append(failed, fmt.Sprintf("  %s: %v", url, err))
	}
	return idx{}, fmt.Errorf("can not get %s of %s:\n%s\n%s", d.name, d.set, strings.Join(failed, "\n"), offlineHelp)
}

// fromMirror fetches the file from one address, resuming what is there. If
// the server can not resume, or the whole turns out wrong and its beginning is
// from an earlier transfer, perhaps of another mirror's archive, it is fetched
// once more from the start.
func (d download) fromMirror(ctx context.Context, p part, url string) (idx, error) {
	var err error
	for range maxAttempts {
		var content idx
		var again bool
		if content, again, err = d.attempt(ctx, p, url); err == nil || !again {
			return content, err
		}
	}
	return idx{}, fmt.Errorf("after %d attempts: %w", maxAttempts, err)
}

// attempt is one transfer and the check of what it has completed. On an error,
// again tells whether the same address deserves another attempt.
func (d download) attempt(ctx context.Context, p part, url string) (content idx, again bool, err error) {
	before, err := p.offset()
	if err != nil {
		return idx{}, false, err
	}
	resumed, err := d.transfer.run(ctx, p, url)
	switch {
	case errors.Is(err, errRange):
		return idx{}, p.reset() == nil, err
	case err != nil:
		after, offsetErr := p.offset()
		return idx{}, offsetErr == nil && after > before, err
	}
	if content, err = d.check(p); err != nil {
		return idx{}, p.reset() == nil && resumed, fmt.Errorf("served a wrong file: %w", err)
	}
	return content, false, nil
}

// check reads the finished part as the cache will be read later.
func (d download) check(p part) (idx, error) {
	if _, err := p.Seek(0, io.SeekStart); err != nil {
		return idx{}, err
	}
	return readKnown(p, d.magic, d.want)
}

// isLocal tells an error of the file system, about which no mirror can do
// anything.
func isLocal(err error) bool {
	var pathErr *fs.PathError
	return errors.As(err, &pathErr)
}
