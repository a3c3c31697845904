package pictures

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A linkError is a link that cannot be followed.
type linkError struct{ path, why string }

func (l *linkError) Error() string { return fmt.Sprintf("%s is a link %s", l.path, l.why) }

// maxLinks is the most links to folders that are followed: of those that lead to others, twenty
// can stand for a million folders.
const maxLinks = 1 << 12

// systemFolders are those that systems put among a user's, with thumbnails, removed files or parts of files.
var systemFolders = []string{"@eadir", "#recycle", "@recycle", "$recycle.bin", "system volume information", "__macosx", "lost+found"}

func isHidden(name string) bool {
	return strings.HasPrefix(name, ".") || slices.Contains(systemFolders, strings.ToLower(name))
}

// walk visits the files and folders below a folder in the order of their names, but not hidden
// ones. It goes where links lead, to files and to folders. What it cannot go into, it visits with
// an error.
func walk(ctx context.Context, path string, visit fs.WalkDirFunc) error {
	w := walker{ctx: ctx, visit: visit}
	info, err := os.Stat(path)
	if err == nil {
		err = w.folder(path, info)
	}
	if errors.Is(err, fs.SkipAll) {
		return nil
	}
	return err
}

type walker struct {
	ctx    context.Context
	visit  fs.WalkDirFunc
	above  []fs.FileInfo // the folders that it is in
	linked []fs.FileInfo // those that links lead to
}

// folder visits what is in a folder.
func (w *walker) folder(path string, info fs.FileInfo) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return w.visit(path, fs.FileInfoToDirEntry(info), err)
	}
	w.above = append(w.above, info)
	defer func() { w.above = w.above[:len(w.above)-1] }()
	for _, e := range entries {
		if isHidden(e.Name()) {
			continue
		}
		if err := w.entry(filepath.Join(path, e.Name()), e); err != nil {
			return err
		}
	}
	return nil
}

// entry visits what is at path, and what is in it.
func (w *walker) entry(path string, e fs.DirEntry) error {
	if e.Type()&fs.ModeSymlink != 0 {
		info, err := w.follow(path)
		if err != nil {
			return w.visit(path, e, err)
		}
		e = fs.FileInfoToDirEntry(info)
	}
	if err := w.visit(path, e, nil); err != nil || !e.IsDir() {
		return err
	}
	info, err := e.Info()
	if err != nil {
		return w.visit(path, e, err)
	}
	return w.folder(path, info)
}

// follow is what a link leads to.
func (w *walker) follow(path string) (fs.FileInfo, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, &linkError{path, "to what is not there: remove it, or mend it"}
	}
	if !info.IsDir() {
		return info, nil
	}
	if w.linked = append(w.linked, info); len(w.linked) > maxLinks {
		return nil, &linkError{path, fmt.Sprintf("to a folder, and %d others were followed before: want fewer", maxLinks)}
	}
	for _, a := range w.above {
		if os.SameFile(a, info) {
			return nil, &linkError{path, "back to a folder that it is in: remove it"}
		}
	}
	return info, nil
}

// Linked are the folders that links below a folder of pictures lead to.
func Linked(ctx context.Context, path string) []fs.FileInfo {
	// Whoever reads the pictures says what cannot be read.
	w := walker{ctx: ctx, visit: func(string, fs.DirEntry, error) error { return nil }}
	if info, err := os.Stat(path); err == nil {
		_ = w.folder(path, info)
	}
	return w.linked
}
