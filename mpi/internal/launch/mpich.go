//go:build mpich

package launch

import "time"

// Launcher is the program that starts jobs.
const Launcher = "mpirun.mpich"

// environment has nothing to allow.
var environment []string

// Patience is a setting that this launcher does not need.
func Patience(int) string { return "TARGETPROP_NONE=" }

// Ends is how long a job in which a rank fails goes on at most. Ranks that wait poll, and so
// keep a core from the others, where there are more of them than cores.
const Ends = time.Minute

// Killed is in what the launcher says of a rank that was killed: this one may end
// a job without a word.
const Killed = ""
