package memory

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// kind is one of the two kinds of control groups, by which Linux limits containers and services.
type kind struct {
	root       string   // where its groups are
	controller string   // its name in the list of the process's groups
	limits     []string // files of a group
	used       string
	cached     []string // fields of memory.stat: content of files, which counts as used, and which the system takes before it kills
}

// kinds are versions 2 and 1. Of what is cached, docker stats takes the inactive part for free. A file that is read a
// second time, as in each epoch, is in the active part, and MemAvailable counts both.
var kinds = []kind{
	{"sys/fs/cgroup", "", []string{"memory.max", "memory.high"}, "memory.current", []string{"inactive_file ", "active_file "}},
	{"sys/fs/cgroup/memory", "memory", []string{"memory.limit_in_bytes"}, "memory.usage_in_bytes", []string{"total_inactive_file ", "total_active_file "}},
}

// none is less than the number that version 1 has for no limit, 2^63 less a page.
const none = 1 << 62

// leftByGroups is what is left of so many bytes by the limits of the process's groups and of those that they are in.
func leftByGroups(system fs.FS, free float64) float64 {
	member, _ := fs.ReadFile(system, "proc/self/cgroup") // without it the roots are looked at
	for _, k := range kinds {
		// In a container the root may be the process's group, of which the list has the name outside: what is not there is passed by.
		for dir := path.Join(k.root, k.group(string(member))); ; dir = path.Dir(dir) {
			free = k.left(system, dir, free)
			if dir == k.root {
				break
			}
		}
	}
	return free
}

// group is the process's group of this kind, from lines such as "4:memory:/some/group". That of version 2 names no
// controller.
func (k kind) group(member string) string {
	for line := range strings.Lines(member) {
		if parts := strings.SplitN(strings.TrimSpace(line), ":", 3); len(parts) == 3 && slices.Contains(strings.Split(parts[1], ","), k.controller) {
			return path.Clean("/" + parts[2])
		}
	}
	return "/"
}

// left is what is left of so many bytes by the limits of the group in dir.
func (k kind) left(system fs.FS, dir string, free float64) float64 {
	limit := unlimited
	for _, name := range k.limits {
		text, _ := fs.ReadFile(system, path.Join(dir, name))
		if bytes, ok := number(text, 0); ok && bytes > 0 && bytes < none { // or "max"
			limit = min(limit, bytes)
		}
	}
	if limit == unlimited {
		return free
	}
	text, _ := fs.ReadFile(system, path.Join(dir, k.used))
	used, _ := number(text, 0)
	if limit-used >= free {
		return free
	}
	stat, _ := fs.ReadFile(system, path.Join(dir, "memory.stat"))
	for _, name := range k.cached {
		bytes, _ := field(stat, name)
		used -= bytes
	}
	return min(free, limit-max(0, used))
}
