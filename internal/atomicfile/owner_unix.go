//go:build unix

package atomicfile

import (
	"io/fs"
	"syscall"
)

// ownerOf is the numbers of a file's owner and group.
func ownerOf(info fs.FileInfo) (uid, gid int) {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(stat.Uid), int(stat.Gid)
	}
	return 0, 0
}
