//go:build mpich

package launch

// Launcher is the program that starts jobs.
const Launcher = "mpirun.mpich"

// environment has nothing to allow.
var environment []string

// Patience is a setting that this launcher does not need.
func Patience(int) string { return "TARGETPROP_NONE=" }

// Killed is in what the launcher says of a rank that was killed: this one may end
// a job without a word.
const Killed = ""
