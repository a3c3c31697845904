// Package idx reads IDX files of bytes by names like those of MNIST and EMNIST, plain
// or gzip, with or without labels, and with parts missing.
package idx

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/internal/atomicfile"
)

// Format is IDX.
var Format = reading.Format{Name: "IDX", Recognise: recognise, Read: read}

// ends are those of the files' names.
const (
	imageEnd = "idx3-ubyte"
	labelEnd = "idx1-ubyte"
)

func ofImages(name string) bool { return has(name, imageEnd) }
func ofLabels(name string) bool { return has(name, labelEnd) }

func has(name, end string) bool {
	return strings.HasSuffix(strings.TrimSuffix(strings.ToLower(name), ".gz"), end)
}

func recognise(_ context.Context, path string) (bool, error) {
	files, err := reading.Files(path, ofImages)
	if err != nil || len(files) > 0 || reading.IsFolder(path) {
		return len(files) > 0, err
	}
	start, err := reading.Start(path, 4)
	return bytes.Equal(start, []byte{0, 0, 8, 3}), err
}

// collection is the beginning of the names that belong together: EMNIST has six
// collections in one folder.
func collection(path string) string {
	name := filepath.Base(path)
	for _, word := range []string{"train", "t10k", "test", "valid"} {
		if at := strings.Index(strings.ToLower(name), word); at >= 0 {
			return strings.Trim(name[:at], "-_.")
		}
	}
	return ""
}

func read(ctx context.Context, path string, o reading.Options) (dataset.Set, error) {
	set := dataset.Set{Format: "IDX files"}
	files, err := reading.Files(path, ofImages)
	if err != nil {
		return set, err
	}
	if len(files) == 0 {
		files = []string{path}
	}
	folder := filepath.Dir(files[0])
	labels, err := reading.Files(folder, ofLabels)
	if err != nil {
		return set, err
	}
	if reading.IsFolder(path) {
		files = preferPacked(files)
	} else {
		labels = slices.DeleteFunc(labels, func(name string) bool { return stem(name) != stem(files[0]) })
	}
	of := collection(files[0])
	emnist := strings.HasPrefix(strings.ToLower(of), "emnist")
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return set, err
		}
		if c := collection(file); c != of {
			return set, fmt.Errorf("%s has files of %s and of %s: name one of them, as %s", path, of, c, file)
		}
		images, err := readImages(file)
		if err != nil {
			return set, err
		}
		for _, l := range labels {
			if stem(l) == stem(file) && images.Labels == nil {
				if images.Labels, err = readLabels(l, images.Len()); err != nil {
					return set, err
				}
			}
		}
		if emnist {
			images = transposed(images)
		}
		part, _ := reading.PartOf(filepath.Base(file))
		where := reading.Of(&set, part)
		if where.Len() > 0 {
			return set, fmt.Errorf("%s: a second file of %s images", file, part.Name())
		}
		*where = images
	}
	if err := whole(set, path); err != nil {
		return set, err
	}
	if emnist {
		set.Format = "EMNIST files, whose images lie on their side: they were turned"
		set.Classes, err = mapping(filepath.Join(folder, of+"-mapping.txt"))
	}
	return set, err
}

// whole says which file is missing, if one is that the others ask for.
func whole(set dataset.Set, path string) error {
	if set.Train.Len() == 0 {
		return fmt.Errorf("%s has no training images: want a file train-images-%s (or .gz)", path, imageEnd)
	}
	for p, name := range map[reading.Part]string{reading.Train: "train", reading.Test: "t10k"} {
		if part := reading.Of(&set, p); part.Len() > 0 && part.Labels == nil && (set.Train.Labels != nil || set.Test.Labels != nil) {
			return fmt.Errorf("%s has labels for a part of its images only: want a file %s-labels-%s (or .gz), or none at all", path, name, labelEnd)
		}
	}
	return nil
}

// stem is the name up to its kind: files of images and of their labels have the same.
func stem(path string) string {
	name := strings.TrimSuffix(strings.ToLower(filepath.Base(path)), ".gz")
	for _, end := range []string{imageEnd, labelEnd} {
		name = strings.TrimSuffix(name, end)
	}
	name = strings.Trim(name, "-_.")
	for _, end := range []string{"images", "labels"} {
		name = strings.TrimSuffix(name, end)
	}
	return name
}

// preferPacked leaves one of files that are the same but for .gz.
func preferPacked(files []string) []string {
	return slices.DeleteFunc(files, func(name string) bool { return slices.Contains(files, name+".gz") })
}

func readImages(file string) (dataset.Images, error) {
	f, err := atomicfile.Open(file)
	if err != nil {
		return dataset.Images{}, err
	}
	defer f.Close()
	images, err := dataset.ReadImages(f)
	if err != nil {
		return images, fmt.Errorf("%s: %w", file, err)
	}
	return images, nil
}

func readLabels(file string, n int) ([]uint8, error) {
	f, err := atomicfile.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	labels, err := dataset.ReadLabels(f)
	if err == nil && len(labels) != n {
		err = fmt.Errorf("%d labels for %d images: want one each", len(labels), n)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return labels, nil
}

// transposed is images with rows and columns exchanged.
func transposed(s dataset.Images) dataset.Images {
	t := s
	t.Height, t.Width = s.Width, s.Height
	t.Pixels = make([]uint8, len(s.Pixels))
	for i := range s.Len() {
		from, to := s.Row(i), t.Pixels[i*s.Dim():]
		for y := range s.Height {
			for x := range s.Width {
				to[x*s.Height+y] = from[y*s.Width+x]
			}
		}
	}
	return t
}

// mapping reads EMNIST's file of what the labels stand for: a line has a label and
// the codes of its characters. Without the file the classes have no names.
func mapping(file string) ([]string, error) {
	content, err := atomicfile.ReadFile(file, reading.MaxNames)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var classes []string
	for i, line := range strings.Split(strings.TrimSpace(string(content)), "\n") {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			return nil, fmt.Errorf("%s, line %d: %q: want a label and the code of its character", file, i+1, line)
		}
		label, err := strconv.Atoi(fields[0])
		code, err2 := strconv.Atoi(fields[1])
		if err != nil || err2 != nil || label < 0 || label > 255 || code < 0x20 || code > 0x7e {
			return nil, fmt.Errorf("%s, line %d: %q: want a label up to 255 and the code of its character", file, i+1, line)
		}
		for len(classes) <= label {
			classes = append(classes, strconv.Itoa(len(classes)))
		}
		classes[label] = string(rune(code))
	}
	return classes, nil
}
