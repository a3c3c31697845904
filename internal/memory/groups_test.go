package memory

import (
	"maps"
	"testing"
)

// group is what the system says of a group of version 2 in dir.
func group(dir, most, high, used string) map[string]string {
	return map[string]string{
		dir + "/memory.max": most + "\n", dir + "/memory.high": high + "\n", dir + "/memory.current": used + "\n",
		dir + "/memory.stat": "anon 1\nfile 999\ninactive_anon 77\nactive_anon 55\ninactive_file 300\nactive_file 40\nunevictable 0\n",
	}
}

// groupOf1 is what the system says of a group of version 1 in dir, whose own numbers are those of what is in no group within.
func groupOf1(dir, most, used string) map[string]string {
	return map[string]string{
		dir + "/memory.limit_in_bytes": most + "\n", dir + "/memory.usage_in_bytes": used + "\n",
		dir + "/memory.stat": "cache 9\nrss 1\ninactive_file 7\nactive_file 8\nhierarchical_memory_limit 5000\ntotal_cache 900\ntotal_inactive_file 300\ntotal_active_file 40\n",
	}
}

// TestGroups: of a group's limit what the group holds is not free, but for the content of files; and the groups that
// a group is in have limits too.
func TestGroups(t *testing.T) {
	const (
		root, first = "sys/fs/cgroup", "sys/fs/cgroup/memory"
		most        = "9223372036854771712"
		list        = "9:name=systemd:/else\n5:cpu,memory:/docker/some\n3:cpuset:/other\n0::/\n"
	)
	for name, c := range map[string]struct {
		member string
		files  []map[string]string
		want   float64
	}{
		"none":                          {"0::/\n", nil, 9000},
		"container":                     {"0::/\n", []map[string]string{group(root, "5000", "max", "3000")}, 2340},
		"no list":                       {"", []map[string]string{group(root, "5000", "max", "3000")}, 2340},
		"memory.high":                   {"0::/\n", []map[string]string{group(root, "5000", "4000", "3000")}, 1340},
		"no limit":                      {"0::/\n", []map[string]string{group(root, "max", "max", "3000")}, 9000},
		"more than is free":             {"0::/\n", []map[string]string{group(root, "50000", "max", "3000")}, 9000},
		"exceeded":                      {"0::/\n", []map[string]string{group(root, "5000", "4000", "5300")}, -960},
		"files alone":                   {"0::/\n", []map[string]string{group(root, "5000", "max", "320")}, 5000},
		"service":                       {"0::/system.slice/a.service\n", []map[string]string{group(root+"/system.slice/a.service", "5000", "max", "3000")}, 2340},
		"group around":                  {"0::/a/b/c\n", []map[string]string{group(root+"/a", "4000", "max", "3500"), group(root+"/a/b", "max", "max", "2000"), group(root+"/a/b/c", "3000", "max", "1000")}, 840},
		"group of others":               {"0::/a/b\n", []map[string]string{group(root+"/a/b", "5000", "max", "3000"), group(root+"/a/c", "1000", "max", "900"), group("sys/fs", "1000", "max", "900")}, 2340},
		"named as outside":              {"0::/docker/some\n", []map[string]string{group(root, "5000", "max", "3000")}, 2340},
		"outside of its root":           {"0::/../../some\n", []map[string]string{group(root, "5000", "max", "3000"), group("sys/fs", "1000", "max", "900")}, 2340},
		"version 1":                     {list, []map[string]string{groupOf1(first+"/docker/some", "5000", "3000"), groupOf1(first+"/docker", most, "8000"), groupOf1(first, most, "9900")}, 2340},
		"version 1, around":             {list, []map[string]string{groupOf1(first+"/docker/some", most, "3000"), groupOf1(first+"/docker", "6000", "5000"), groupOf1(first, most, "9900")}, 1340},
		"version 1, named as outside":   {list, []map[string]string{groupOf1(first, "5000", "3000")}, 2340},
		"version 1, of another purpose": {list, []map[string]string{groupOf1(first+"/else", "5000", "3000")}, 9000},
	} {
		all := map[string]string{"proc/self/cgroup": c.member}
		if c.member == "" {
			delete(all, "proc/self/cgroup")
		}
		for _, f := range c.files {
			maps.Copy(all, f)
		}
		if got := leftByGroups(files(all), 9000); got != c.want {
			t.Errorf("%s: %v bytes, want %v", name, got, c.want)
		}
	}
}
