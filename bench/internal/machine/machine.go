// Package machine describes the machine and the program that measures it.
package machine

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/klauspost/cpuid/v2"
)

// CPU is the processor's name.
func CPU() string {
	if cpuid.CPU.BrandName != "" {
		return strings.Join(strings.Fields(cpuid.CPU.BrandName), " ")
	}
	return runtime.GOARCH
}

// Details are what the name leaves open.
func Details() string {
	c := cpuid.CPU
	details := []string{fmt.Sprintf("%d logical CPUs", runtime.NumCPU())}
	if c.Family > 0 {
		details = append(details, fmt.Sprintf("family %d, model %d", c.Family, c.Model))
	}
	for _, cache := range []struct {
		name string
		size int
	}{{"L1d", c.Cache.L1D}, {"L2", c.Cache.L2}, {"L3", c.Cache.L3}} {
		if cache.size > 0 {
			details = append(details, fmt.Sprintf("%s %d KiB", cache.name, cache.size>>10))
		}
	}
	if c.VM() {
		details = append(details, "a virtual machine")
	}
	return strings.Join(details, ", ")
}

// Go is the compiler and its settings.
func Go() string {
	s := fmt.Sprintf("%s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return s
	}
	for _, setting := range info.Settings {
		switch setting.Key {
		case "GOAMD64", "GOARM64", "-tags", "GOEXPERIMENT":
			if setting.Value != "" && !strings.Contains(s, setting.Value) {
				s += fmt.Sprintf(", %s=%s", setting.Key, setting.Value)
			}
		}
	}
	return s
}

// Load is the machine's one-minute load average, "" where it cannot be read.
func Load() string {
	data, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return ""
	}
	first, _, _ := strings.Cut(string(data), " ")
	return first
}
