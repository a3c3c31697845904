package cli

import (
	"runtime/debug"
)

// Version is the module's version and the commit, as the Go command stamped
// them into the binary.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	v := info.Main.Version
	if v != "(devel)" {
		return v // a tag, or a pseudo-version that names the commit
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			v += " " + s.Value[:min(12, len(s.Value))]
		}
	}
	return v
}
