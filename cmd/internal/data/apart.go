package data

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/targetprop/targetprop/dataset/source"
)

// CheckApart fails if one of the paths, which are to be written, is the source of the images
// or lies in its folder and would be read: there it would be read as images the next time, or replace some.
func CheckApart(ctx context.Context, images string, paths ...string) error {
	paths = slices.DeleteFunc(slices.Clone(paths), func(path string) bool { return path == "" })
	if images == "" || Named(images) || len(paths) == 0 {
		return nil
	}
	folders := source.Folders(ctx, images) // none: whoever reads it says so
	for _, path := range paths {
		below := func(from os.FileInfo) bool { return isBelow(path, from) }
		if !slices.ContainsFunc(folders, below) || folders[0].IsDir() && !source.TakesIn(ctx, images, filepath.Ext(path) == "") {
			continue
		}
		return fmt.Errorf("%s is in %s, from which the images come, and would be taken for some of them the next time: write it elsewhere, with --out", path, images)
	}
	return nil
}

// isBelow tells whether a path, which need not be there, is a file or folder or lies in it.
func isBelow(path string, file os.FileInfo) bool {
	at, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	for {
		if real, err := filepath.EvalSymlinks(at); err == nil {
			at = real
		}
		if info, err := os.Stat(at); err == nil && os.SameFile(info, file) {
			return true
		}
		above := filepath.Dir(at)
		if above == at {
			return false
		}
		at = above
	}
}
