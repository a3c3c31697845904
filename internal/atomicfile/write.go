// Package atomicfile replaces a file whole or not at all: whoever reads the
// path sees the old content or the new, never a part, also after the process
// was killed or the machine lost power in the middle of a write.
package atomicfile

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// bufferSize spares system calls when the content comes in small pieces.
const bufferSize = 256 << 10

// Write makes the file at path hold what write sends to its writer. The content
// goes to a temporary file in the same folder, reaches the disk, and then takes
// the name; w is buffered and must not be used after write returns. The new
// file has the old one's permissions, and its owner and group as far as this process may give
// them, or 0644 less the umask if there was none.
//
// After an error the file at path is as it was, and the temporary file is gone.
// One error comes too late for that: if the folder cannot be synced, the new
// content is in place and complete, but may not outlast a power failure.
// Killing the process leaves the old file and a temporary ".targetprop-*.tmp",
// which [RemoveLeftovers] removes in a folder of the program's own.
//
// A symbolic link stays one, and the file it leads to is replaced. Refused are links
// out of their folder, dangling ones, folders, devices and pipes, single files that are mounted, and files
// without permission to write, though a rename could replace most of them. In a folder of the program's
// own there is more: see [Own].
//
// Every error is a *fs.PathError with path as it was given.
func Write(path string, write func(w io.Writer) error) error {
	if err := replace(path, write, true); err != nil {
		return &fs.PathError{Op: "write", Path: path, Err: err}
	}
	return nil
}

// WriteLoose is [WriteBytes] without a wait for the disk: a reader still sees the
// old content or the new, but after a power failure the file may be anything. It is
// for reports that are written often and that nobody needs.
func WriteLoose(path string, content []byte) error {
	err := replace(path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	}, false)
	if err != nil {
		return &fs.PathError{Op: "write", Path: path, Err: err}
	}
	return nil
}

// WriteBytes is [Write] of content that is there already.
func WriteBytes(path string, content []byte) error {
	return Write(path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// replace is swap where it is allowed; its errors need not name the path.
func replace(path string, write func(w io.Writer) error, durable bool) error {
	if err := allowed(path); err != nil {
		return err
	}
	err := swap(path, write, durable)
	if err != nil {
		if lost := allowed(path); lost != nil { // meanwhile, and that is why
			return lost
		}
	}
	return err
}

// swap does the work of Write.
func swap(path string, write func(w io.Writer) error, durable bool) error {
	target, err := resolve(path)
	if err != nil {
		return bare(err)
	}
	dir := filepath.Dir(target)
	if err := fault(StepCreate, target); err != nil {
		return err
	}
	old, _ := os.Stat(target) // nil if it is not there
	mode := usual
	if old != nil {
		mode = ofAnyGroup(old.Mode().Perm())
	}
	tmp, err := createTemp(dir, path, mode)
	if err != nil {
		return bare(err)
	}
	renamed := false
	// Deferred, so that a panic in write leaves no litter either.
	defer func() {
		if !renamed {
			tmp.Close() // a second Close is harmless; Windows removes no open file
			os.Remove(tmp.Name())
		}
	}()
	if old != nil {
		if err := keepRights(tmp, old); err != nil {
			return bare(err)
		}
	}
	if err := fill(tmp, target, write, durable); err != nil {
		return err
	}
	if err := fault(StepRename, target); err != nil {
		return err
	}
	if err := allowed(path); err != nil { // again: the writing may have taken long
		return err
	}
	if err := os.Rename(tmp.Name(), target); err != nil {
		return bare(err)
	}
	renamed = true
	if !durable {
		return nil
	}
	if err := fault(StepFolder, target); err != nil {
		return fmt.Errorf("replaced, but the folder was not synced: %w", err)
	}
	return syncFolder(dir)
}

// fill writes the content to f, down to the disk if it has to be durable, and closes
// f. The sync must
// come before the rename, or a power failure could leave the name on an empty
// file.
func fill(f *os.File, target string, write func(w io.Writer) error, durable bool) error {
	buf := bufio.NewWriterSize(bareWriter{f, target}, bufferSize)
	if err := write(buf); err != nil {
		return err // the caller's, with the names it has
	}
	if err := buf.Flush(); err != nil {
		return err
	}
	if durable {
		if err := fault(StepSync, target); err != nil {
			return err
		}
		if err := f.Sync(); err != nil {
			return bare(err)
		}
	}
	return bare(f.Close())
}

// bareWriter keeps the temporary file's name out of errors that the caller's
// write function meets and may wrap.
type bareWriter struct {
	f      *os.File
	target string
}

func (w bareWriter) Write(b []byte) (int, error) {
	if err := fault(StepWrite, w.target); err != nil {
		return 0, err
	}
	n, err := w.f.Write(b)
	return n, bare(err)
}
