package memory

import (
	"fmt"
	"math"
	"os"
	"testing"
	"testing/fstest"
)

// files is a system with these files, by name.
func files(texts map[string]string) fstest.MapFS {
	system := fstest.MapFS{}
	for name, text := range texts {
		system[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return system
}

const (
	meminfo  = "MemTotal:       24684472 kB\nMemFree:         8796684 kB\nMemAvailable:   23226368 kB\nBuffers:          302404 kB\n"
	anything = "Limit                     Soft Limit           Hard Limit           Units     \nMax data size             unlimited            unlimited            bytes     \nMax address space         unlimited            unlimited            bytes     \n"
)

// limits are /proc/self/limits with a limit on addresses, or on data.
func limits(name string, bytes float64) string {
	return anything[:79] + fmt.Sprintf("%-25s %-20.0f unlimited            bytes     \n", name, bytes)
}

// TestOfInt: an int of 32 bits is a limit too.
func TestOfInt(t *testing.T) {
	for _, c := range []struct {
		most       int
		held, want float64
	}{{math.MaxInt32, 1e6, math.MaxInt32 / 2}, {math.MaxInt32, 5 << 29, 1 << 29}, {math.MaxInt, 0, ofInt(math.MaxInt, heap{})}} {
		if got := ofInt(c.most, heap{held: c.held}); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
	if most, free := math.MaxInt, ofInt(math.MaxInt, heap{}); (most > math.MaxInt32) != math.IsInf(free, 1) {
		t.Errorf("%v here", free)
	}
}

// TestFree: of each limit what is held counts as held, and the least that is left is free.
func TestFree(t *testing.T) {
	if math.MaxInt == math.MaxInt32 {
		t.Skip("with as little memory as an int of 32 bits allows")
	}
	none := heap{limit: unlimited, held: 5e9, idle: 1e6}
	page := float64(os.Getpagesize())
	pages := fmt.Sprintf("%.0f 429 401 5 0 %.0f 0\n", 3e9/page, 2e9/page)
	for name, c := range map[string]struct {
		system map[string]string
		heap   heap
		want   float64
	}{
		"nothing known":         {nil, none, math.Inf(1)},
		"system":                {map[string]string{"proc/meminfo": meminfo}, none, 23226368 * 1024},
		"no MemAvailable":       {map[string]string{"proc/meminfo": "MemTotal: 24684472 kB\n"}, none, math.Inf(1)},
		"GOMEMLIMIT":            {map[string]string{"proc/meminfo": meminfo}, heap{limit: 3e9, held: 2e9}, 1e9},
		"GOMEMLIMIT, exceeded":  {map[string]string{"proc/meminfo": meminfo}, heap{limit: 3e9, held: 4e9}, 0},
		"ulimit, none":          {map[string]string{"proc/self/limits": anything, "proc/self/statm": pages}, none, math.Inf(1)},
		"ulimit -v":             {map[string]string{"proc/self/limits": limits("Max address space", 3.5e9), "proc/self/statm": pages}, none, 0.5e9 - arena},
		"ulimit -d":             {map[string]string{"proc/self/limits": limits("Max data size", 3.5e9), "proc/self/statm": pages}, none, 1.5e9 - arena},
		"ulimit -v, exceeded":   {map[string]string{"proc/self/limits": limits("Max address space", 1e9), "proc/self/statm": pages}, none, 0},
		"ulimit -v, given back": {map[string]string{"proc/self/limits": limits("Max address space", 3.5e9), "proc/self/statm": pages}, heap{limit: unlimited, idle: 2e9}, 2e9 - arena},
		"the least": {map[string]string{"proc/meminfo": meminfo, "proc/self/limits": limits("Max address space", 9e9), "proc/self/statm": pages,
			"sys/fs/cgroup/memory.max": "4000000000\n", "sys/fs/cgroup/memory.current": "1000000000\n"}, heap{limit: 6e9, held: 5e9}, 1e9},
	} {
		if got := free(files(c.system), c.heap); math.Abs(got-c.want) > 1<<17 { // pages of 64 kB
			t.Errorf("%s: %.0f bytes, want %.0f", name, got, c.want)
		}
	}
}
