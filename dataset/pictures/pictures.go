// Package pictures reads folders of PNG and JPEG pictures. A subfolder is a class, and
// its name is the class's; folders train, valid and test hold parts.
//
// Pictures are grey if all of them are and have no channel of transparency, and else of three
// channels. What is transparent lies on black. JPEG pictures are turned as their cameras say.
package pictures

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/reading"
)

// Format is that of folders of pictures.
var Format = reading.Format{Name: "pictures", Recognise: recognise, Read: read}

func recognise(ctx context.Context, path string) (bool, error) {
	if !reading.IsFolder(path) {
		return false, nil
	}
	found := false
	err := walk(ctx, path, func(name string, e fs.DirEntry, err error) error {
		if errors.As(err, new(*linkError)) {
			return nil // not before the folder is known to be one of pictures
		}
		if err == nil && !e.IsDir() && isPicture(name) {
			found = true
			return fs.SkipAll
		}
		return err
	})
	return found, err
}

// read reads the parts. All have the same shape and the same classes.
func read(ctx context.Context, path string, o reading.Options) (dataset.Set, error) {
	set := dataset.Set{Format: "a folder of pictures"}
	parts, passedOver, err := list(ctx, path)
	if err != nil {
		return set, err
	}
	set.PassedOver = passedOver
	all := slices.Concat(parts[:]...)
	for p, rest := 0, all; p < len(parts); p++ {
		parts[p], rest = rest[:len(parts[p])], rest[len(parts[p]):]
	}
	shape, err := shapeOf(ctx, all, o)
	if err != nil {
		return set, err
	}
	done := 0
	for p, files := range parts {
		if len(files) == 0 {
			continue
		}
		progress := func(n int) {
			if o.Progress != nil {
				o.Progress(done+n, len(all))
			}
		}
		if *reading.Of(&set, reading.Part(p)), err = decodeAll(ctx, files, shape, o, progress); err != nil {
			return set, err
		}
		done += len(files)
	}
	if err := checkDepth(ctx, path, set.Train, parts[reading.Train]); err != nil {
		return set, err
	}
	return set, label(&set, path, parts, all)
}

// partWords says that a picture's folder is there, but was taken for a part.
func partWords(path, picture string) string {
	rel, err := filepath.Rel(path, picture)
	if err != nil {
		return ""
	}
	folder, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
	if part, said := reading.PartOf(folder); said {
		return fmt.Sprintf("; a word in the name of its folder, %q, says that it holds %s examples: call the folder otherwise if it is a class", folder, part.Name())
	}
	return ""
}

// checkDepth fails if pictures of 16 bits use less than a quarter of their range: of that, a
// camera's 12 bits, few steps are left in a byte.
func checkDepth(ctx context.Context, path string, images dataset.Images, files []file) error {
	var deep []int
	for i, f := range files {
		if f.deep {
			deep = append(deep, i)
		}
	}
	if deep == nil {
		return nil
	}
	lo, hi, err := images.Pick(deep).Extremes(ctx)
	if err != nil {
		return err
	}
	if steps := slices.Max(hi) - slices.Min(lo); steps < 64 {
		return fmt.Errorf("%s: %s and others have 16 bits a channel, and use so little of them that %g steps are left in a byte: stretch their range, or save them as an array of uint16 (.npy), which is read whole",
			path, files[deep[0]].path, steps+1)
	}
	return nil
}

// label gives the pictures the classes of their folders, if they are in any.
func label(set *dataset.Set, path string, parts [3][]file, all []file) error {
	words := make([]string, len(all))
	classes := 0
	for i, f := range all {
		words[i] = f.class
		if f.class != "" {
			classes++
		}
	}
	if classes == 0 {
		return nil
	}
	for _, f := range all {
		if f.class == "" {
			return fmt.Errorf("%s is in no folder of a class, and other pictures are: move it into one%s", f.path, partWords(path, f.path))
		}
	}
	labels, names, err := reading.LabelsOf(words)
	if err != nil {
		return fmt.Errorf("%s, folders of classes: %w", path, err)
	}
	set.Classes = names
	for p, files := range parts {
		if len(files) > 0 {
			reading.Of(set, reading.Part(p)).Labels, labels = labels[:len(files):len(files)], labels[len(files):]
		}
	}
	return nil
}

// keyOf identifies pictures and their shape, without reading them.
func keyOf(files []file, s shape) hash.Hash {
	h := sha256.New()
	fmt.Fprintf(h, "pictures 1 {width:%d height:%d channels:%d}\n", s.width, s.height, s.channels)
	for _, f := range files {
		path, err := filepath.Abs(f.path)
		if err != nil {
			path = f.path
		}
		fmt.Fprintf(h, "%q %d %d\n", path, f.size, f.time)
		if f.turn > 1 { // earlier programs turned none
			fmt.Fprintf(h, "turned %d\n", f.turn)
		}
	}
	return h
}

// decodeAll decodes pictures, several at a time, and gathers them in their order.
func decodeAll(ctx context.Context, files []file, s shape, o reading.Options, progress func(done int)) (dataset.Images, error) {
	key := keyOf(files, s)
	stored, err := reading.Cached(ctx, o, key, len(files), s.dim())
	if err != nil {
		return dataset.Images{}, err
	}
	if stored != nil {
		progress(len(files))
		return dataset.Images{Height: s.height, Width: s.width, Channels: s.channels, Stored: stored}, nil
	}
	b, err := reading.NewBuilder(o, key, len(files), s.dim())
	if err != nil {
		return dataset.Images{}, err
	}
	atATime := max(1, min(16*runtime.GOMAXPROCS(0), len(files), maxPixels/s.dim()))
	buffers, errs := make([][]byte, atATime), make([]error, atATime)
	for i := range buffers {
		buffers[i] = make([]byte, s.dim())
	}
	for first := 0; first < len(files); first += atATime {
		if err := ctx.Err(); err != nil {
			b.Discard()
			return dataset.Images{}, err
		}
		some := files[first:min(first+atATime, len(files))]
		inParallel(len(some), max(1, maxPixels/max(s.largest, s.width*s.height)), func(i int) {
			if errs[i] = ctx.Err(); errs[i] == nil { // a picture takes up to a second
				errs[i] = decode(buffers[i], some[i], s)
			}
		})
		for i := range some {
			err := errs[i]
			if err == nil {
				err = b.Add(buffers[i])
			}
			if err != nil {
				b.Discard()
				return dataset.Images{}, err
			}
		}
		progress(first + len(some))
	}
	return b.Images(s.height, s.width, s.channels)
}
