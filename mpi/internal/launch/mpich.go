//go:build mpich

package launch

// Launcher is the program that starts jobs.
const Launcher = "mpirun.mpich"

// environment has nothing to allow.
var environment []string

// Killed is in what the launcher says of a rank that was killed: this one may end
// a job without a word.
const Killed = ""
