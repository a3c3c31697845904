package peers

import "runtime/debug"

// moduleVersion returns the version of a module that this program was built with. The go
// command does not record it in test binaries.
func moduleVersion(path string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == path {
				return m.Version
			}
		}
	}
	return "unknown version"
}
