// Package cifar reads the binary files of CIFAR-10 and CIFAR-100.
package cifar

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/internal/memory"
)

// Format is CIFAR's. An image is a label, or a coarse and a fine one, and then all
// its red, all its green and all its blue bytes.
var Format = reading.Format{Name: "CIFAR", Recognise: recognise, Read: read}

const side, plane = 32, 32 * 32

// maxFile is more than any file of theirs has (CIFAR-100: 154 MB). Its content is held in
// memory.
const maxFile = 1 << 30

// isFile tells the names of CIFAR's files.
func isFile(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, ".bin") &&
		(strings.HasPrefix(name, "data_batch") || strings.HasPrefix(name, "test_batch") || name == "train.bin" || name == "test.bin")
}

// inside are folders that the archives unpack to.
var inside = []string{"", "cifar-10-batches-bin", "cifar-100-binary"}

func find(path string) (files []string, err error) {
	for _, folder := range inside {
		at := filepath.Join(path, folder)
		if folder != "" && !reading.IsFolder(at) {
			continue
		}
		if files, err = reading.Files(at, isFile); err != nil || len(files) > 0 {
			return files, err
		}
	}
	return nil, nil
}

func recognise(_ context.Context, path string) (bool, error) {
	files, err := find(path)
	return len(files) > 0, err
}

func read(ctx context.Context, path string, _ reading.Options) (dataset.Set, error) {
	files, err := find(path)
	if err != nil {
		return dataset.Set{}, err
	}
	set, labels := dataset.Set{}, 0
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return set, err
		}
		n, names := 1, "batches.meta.txt"
		if base := strings.ToLower(filepath.Base(file)); base == "train.bin" || base == "test.bin" {
			n, names = 2, "fine_label_names.txt"
		}
		if labels != 0 && n != labels {
			return set, fmt.Errorf("%s: files of CIFAR-10 and of CIFAR-100 in one folder", file)
		}
		if labels = n; set.Classes == nil {
			if set.Classes, err = lines(filepath.Join(filepath.Dir(file), names)); err != nil {
				return set, err
			}
		}
		part, _ := reading.PartOf(filepath.Base(file))
		if err := add(reading.Of(&set, part), file, labels); err != nil {
			return set, err
		}
	}
	set.Format = fmt.Sprintf("binary files of CIFAR-%d", map[int]int{1: 10, 2: 100}[labels])
	return set, nil
}

// add appends the images of a file. Of two labels the second is the fine one.
func add(to *dataset.Images, file string, labels int) error {
	content, err := atomicfile.ReadFile(file, maxFile)
	if err != nil {
		return err
	}
	record := labels + 3*plane
	if len(content) == 0 || len(content)%record != 0 {
		return fmt.Errorf("%s has %d bytes, want a multiple of %d: %d for labels and %d for an image; image %d is cut off", file, len(content), record, labels, 3*plane, len(content)/record)
	}
	if err := memory.Check("to hold the images of "+file, 2.25*float64(len(content))); err != nil {
		return err
	}
	to.Height, to.Width, to.Channels = side, side, 3
	most := map[int]uint8{1: 9, 2: 99}[labels]
	for i := 0; len(content) > 0; i++ {
		label := content[labels-1]
		if label > most {
			return fmt.Errorf("%s, image %d: its label is %d, want 0 to %d", file, i, label, most)
		}
		to.Labels = append(to.Labels, label)
		for p := range plane {
			at := content[labels+p:]
			to.Pixels = append(to.Pixels, at[0], at[plane], at[2*plane])
		}
		content = content[record:]
	}
	return nil
}

// lines are those of a file of names, or nil if there is none.
func lines(file string) ([]string, error) {
	content, err := atomicfile.ReadFile(file, reading.MaxNames)
	if os.IsNotExist(err) {
		return nil, nil
	}
	return strings.Fields(string(content)), err
}
