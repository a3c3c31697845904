package dataset

import (
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
)

// A role is one of the four files that make a set.
type role struct {
	stem, kind string // train-images, idx3-ubyte
	magic      uint32
}

// roles is in the order in which assemble takes the files.
var roles = [4]role{
	{"train-images", "idx3-ubyte", magicImages},
	{"train-labels", "idx1-ubyte", magicLabels},
	{"t10k-images", "idx3-ubyte", magicImages},
	{"t10k-labels", "idx1-ubyte", magicLabels},
}

// names are the file names looked for, in order of preference. The dotted ones
// come out of some archives and unpacking programs.
func (r role) names() []string {
	dashed, dotted := r.stem+"-"+r.kind, r.stem+"."+r.kind
	return []string{dashed + ".gz", dashed, dotted + ".gz", dotted}
}

// shard is the name of shard i of n, without .gz.
func (r role) shard(i, n int) string {
	return fmt.Sprintf("%s-%s-%05d-of-%05d", r.stem, r.kind, i, n)
}

// countShards is how many shards the names in a folder speak of; 0 if there are
// none. They must agree.
func countShards(fsys fs.FS, r role) (int, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return 0, err
	}
	pattern := regexp.MustCompile("^" + r.stem + "-" + r.kind + `-(\d{5})-of-(\d{5})(\.gz)?$`)
	count, first := 0, ""
	for _, e := range entries {
		m := pattern.FindStringSubmatch(e.Name())
		if m == nil {
			continue
		}
		i, _ := strconv.Atoi(m[1])
		n, _ := strconv.Atoi(m[2])
		switch {
		case i >= n:
			return 0, fmt.Errorf("%s: want a number below %05d", e.Name(), n)
		case first != "" && n != count:
			return 0, fmt.Errorf("%s and %s: want shards of one number", first, e.Name())
		}
		count, first = n, e.Name()
	}
	return count, nil
}

// findShards are the names of all shards, or nil. It fails if some are missing.
func findShards(fsys fs.FS, r role) ([]string, error) {
	n, err := countShards(fsys, r)
	if err != nil || n == 0 {
		return nil, err
	}
	names := make([]string, n)
	for i := range names {
		if names[i], err = findShard(fsys, r, i, n); err != nil {
			return nil, err
		}
	}
	return names, nil
}

// findShard is the name of a shard that is there, compressed or plain.
func findShard(fsys fs.FS, r role, i, n int) (string, error) {
	name := r.shard(i, n)
	for _, name := range []string{name + ".gz", name} {
		if info, err := fs.Stat(fsys, name); err == nil && info.Mode().IsRegular() {
			return name, nil
		}
	}
	return "", fmt.Errorf("no file %s or %s.gz: want all %d shards that this process is to read", name, name, n)
}
