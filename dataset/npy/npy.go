// Package npy reads sets from NumPy arrays: .npy files and .npz archives.
//
// An array of one dimension, or of one column of integers, is labels. One of two
// dimensions is rows of numbers, of three grey pictures, and of four pictures whose
// last size is 1 or 3 channels. The names of files, and of arrays in an archive, say
// of which part they are: x_train and y_train, or train-images and train-labels.
package npy

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/internal/atomicfile"
)

// Format is NumPy's.
var Format = reading.Format{Name: "NumPy", Recognise: recognise, Read: read}

var isArray = reading.Ends(".npy", ".npz")

func recognise(_ context.Context, path string) (bool, error) {
	files, err := reading.Files(path, isArray)
	if err != nil || len(files) > 0 || reading.IsFolder(path) {
		return len(files) > 0, err
	}
	start, err := reading.Start(path, len(magic))
	return bytes.Equal(start, []byte(magic)), err
}

func read(ctx context.Context, path string, o reading.Options) (dataset.Set, error) {
	set := dataset.Set{Format: "NumPy arrays"}
	files, err := reading.Files(path, isArray)
	if err != nil {
		return set, err
	}
	if files == nil {
		files = []string{path}
	}
	var arrays []array
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return set, err
		}
		if strings.EqualFold(filepath.Ext(file), ".npz") {
			arrays, err = archive(ctx, arrays, file)
		} else {
			arrays, err = plain(ctx, arrays, file, o.Limit())
		}
		if err != nil {
			return set, err
		}
	}
	// Examples first: labels must know how many.
	slices.SortStableFunc(arrays, func(a, b array) int { return rank(a) - rank(b) })
	for i := range arrays {
		a := &arrays[i]
		part := a.part()
		if err := a.put(reading.Of(&set, part), part); err != nil {
			return set, fmt.Errorf("%s %w", a.name, err)
		}
		if (part == reading.Train || o.Split.None) && !a.isLabels() {
			flat := len(a.shape) == 2 && o.Width == 0
			if err := a.rounding.Check(flat, func(j int) string { return fmt.Sprintf("column [:, %d]", j) }); err != nil {
				return set, fmt.Errorf("%s: %w", a.name, err)
			}
		}
	}
	if set.Train.Len()+set.Valid.Len()+set.Test.Len() == 0 {
		return set, fmt.Errorf("%s: no array of examples", path)
	}
	return set, nil
}

// part is what the array's own name says, or else that of its file.
func (a *array) part() reading.Part {
	part, said := reading.PartOf(a.member)
	if !said {
		part, _ = reading.PartOf(filepath.Base(a.file))
	}
	return part
}

// rank is 1 for labels.
func rank(a array) int {
	if a.isLabels() {
		return 1
	}
	return 0
}

func (a *array) isLabels() bool {
	return len(a.shape) == 1 || len(a.shape) == 2 && a.shape[1] == 1 && a.kind[0] != 'f'
}

func plain(ctx context.Context, to []array, file string, limit int64) ([]array, error) {
	f, err := atomicfile.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	a, err := readOrLeave(ctx, f, limit)
	if a.file, a.name = file, file; err != nil {
		return nil, fmt.Errorf("%s %w", file, err)
	}
	return append(to, a), nil
}

// readOrLeave reads an array, but leaves one of bytes or of float32 that is larger
// than the limit where it is.
func readOrLeave(ctx context.Context, f *os.File, limit int64) (array, error) {
	var a array
	order, size, err := a.readHeader(f)
	if err != nil {
		return a, err
	}
	n, err := a.count(size)
	if err != nil {
		return a, err
	}
	floats := a.kind == "f4" && order == binary.LittleEndian
	if int64(n)*int64(size) > limit && !a.isLabels() && (a.kind == "u1" || floats) {
		first, err := f.Seek(0, io.SeekCurrent)
		if info, errStat := f.Stat(); err == nil && errStat == nil && info.Size() > first+int64(n)*int64(size) {
			err = fmt.Errorf("goes on after the %d elements of shape %v", n, a.shape)
		}
		if err == nil {
			a.stored, err = dataset.Open(f.Name(), first, a.shape[0], n/a.shape[0], floats)
		}
		return a, err
	}
	info, err := f.Stat()
	if err != nil {
		return a, err
	}
	return a, a.readElements(ctx, f, info.Size(), order, size, n)
}

// mostUnpacked is the most bytes that a member of an archive can have: DEFLATE makes at most 1,032 of one.
func mostUnpacked(member *zip.File) int64 {
	return int64(min(member.UncompressedSize64, 1032*min(member.CompressedSize64, 1<<50)+1032, math.MaxInt64))
}

func archive(ctx context.Context, to []array, file string) ([]array, error) {
	f, err := atomicfile.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	room := int64(maxUnpacked)
	for _, member := range z.File {
		r, err := member.Open()
		if err != nil {
			return nil, fmt.Errorf("%s, array %s: %w", file, member.Name, err)
		}
		a, err := readArray(ctx, r, mostUnpacked(member), &room)
		r.Close()
		if err != nil {
			return nil, fmt.Errorf("%s, array %s: it %w", file, member.Name, err)
		}
		a.member = strings.TrimSuffix(member.Name, ".npy")
		a.file, a.name = file, file+", array "+a.member
		to = append(to, a)
	}
	return to, nil
}

// put makes the array examples or labels of a part.
func (a *array) put(to *dataset.Images, part reading.Part) error {
	if a.isLabels() {
		return a.putLabels(to, part)
	}
	if to.Len() > 0 {
		return fmt.Errorf("is a second array of %s examples", part.Name())
	}
	switch s := a.shape; {
	case len(s) == 2:
		to.Height, to.Width, to.Flat = 1, s[1], true
	case len(s) == 3:
		to.Height, to.Width = s[1], s[2]
	case len(s) == 4 && (s[3] == 1 || s[3] == 3):
		to.Height, to.Width, to.Channels = s[1], s[2], s[3]
	case len(s) == 4 && (s[1] == 1 || s[1] == 3):
		return fmt.Errorf("has the shape %v: want the channels last; save its transpose(0, 2, 3, 1)", s)
	default:
		return fmt.Errorf("has the shape %v: want (examples, numbers), (examples, height, width) or (examples, height, width, 1 or 3)", s)
	}
	to.Pixels, to.Numbers, to.Stored = a.bytes, a.numbers, a.stored
	return nil
}

func (a *array) putLabels(to *dataset.Images, part reading.Part) error {
	if n := a.shape[0]; n != to.Len() {
		return fmt.Errorf("has %d labels for %d %s examples: want one each", n, to.Len(), part.Name())
	}
	if to.Labels != nil {
		return fmt.Errorf("is a second array of %s labels", part.Name())
	}
	if to.Labels = a.bytes; a.bytes != nil {
		return nil
	}
	to.Labels = make([]uint8, len(a.numbers))
	for i, x := range a.numbers {
		if x < 0 || x > 255 || float64(x) != math.Trunc(float64(x)) {
			return fmt.Errorf("has the label %v at %s: want whole numbers from 0 to 255", x, a.place(i))
		}
		to.Labels[i] = uint8(x)
	}
	return nil
}

// Rows reads a file with one array of two dimensions: its shape, and its elements row
// after row.
func Rows(path string) (rows, cols int, elements []float32, err error) {
	arrays, err := plain(context.Background(), nil, path, math.MaxInt64)
	if err != nil {
		return 0, 0, nil, err
	}
	a := arrays[0]
	if len(a.shape) != 2 {
		return 0, 0, nil, fmt.Errorf("%s has the shape %v: want two dimensions", path, a.shape)
	}
	for _, b := range a.bytes {
		a.numbers = append(a.numbers, float32(b))
	}
	return a.shape[0], a.shape[1], a.numbers, nil
}
