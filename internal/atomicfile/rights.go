package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// keepRights gives f the rights of the file old, which it will replace, and its group and owner as far as this process
// may. Where the group stays another, it may do what everybody may. A file system that refuses
// another mode has one for all files, by how it was mounted (CIFS, FAT, shared folders of virtual machines).
func keepRights(f *os.File, old fs.FileInfo) error {
	now, err := f.Stat()
	if err != nil {
		return err
	}
	uid, gid := ownerOf(old)
	myUID, myGID := ownerOf(now)
	mode := old.Mode().Perm()
	if gid != myGID && f.Chown(-1, gid) != nil {
		mode = ofAnyGroup(mode)
	}
	if mode != now.Mode().Perm() {
		if err := f.Chmod(mode); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrPermission) {
			return err
		}
	}
	if uid != myUID { // last: the mode is the owner's to change
		_ = f.Chown(uid, -1)
	}
	return nil
}

// ofAnyGroup is the mode for whatever group a file has: its members may do what both the old group and others may.
func ofAnyGroup(mode fs.FileMode) fs.FileMode { return mode & (0o707 | mode<<3&0o070) }

// OwnerMayRemove tells whether the owner of the file at path could remove a file that this process makes beside it. In
// a folder with the sticky bit only the folder's owner and root may, and this process itself.
func OwnerMayRemove(path string) bool {
	folder, errFolder := os.Stat(filepath.Dir(path))
	file, errFile := os.Stat(path)
	if errFolder != nil || errFile != nil || folder.Mode()&fs.ModeSticky == 0 {
		return true
	}
	ofFolder, _ := ownerOf(folder)
	ofFile, _ := ownerOf(file)
	return ofFile == os.Geteuid() || ofFile == ofFolder || ofFile == 0
}

// isSticky tells whether a folder's bit keeps this process from replacing a file that it may write to, as in /tmp: there
// only the owner of either may, and root.
func isSticky(folder, file fs.FileInfo) bool {
	me := os.Geteuid()
	ofFolder, _ := ownerOf(folder)
	ofFile, _ := ownerOf(file)
	return folder.Mode()&fs.ModeSticky != 0 && me != 0 && me != ofFolder && me != ofFile
}
