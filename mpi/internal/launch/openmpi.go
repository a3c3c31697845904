//go:build !mpich

package launch

import (
	"fmt"
	"time"
)

// Launcher is the program that starts jobs.
const Launcher = "mpirun.openmpi"

// environment lets root start jobs, as in containers, with any number of ranks.
var environment = []string{"OMPI_ALLOW_RUN_AS_ROOT=1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1", "OMPI_MCA_rmaps_base_oversubscribe=1"}

// Patience gives ranks that are asked to end so many seconds to do so. It makes
// every job that fails end later.
func Patience(seconds int) string {
	return fmt.Sprintf("OMPI_MCA_odls_base_sigkill_timeout=%d", seconds)
}

// Ends is how long a job in which a rank fails goes on at most, on a machine that has other
// work as well.
const Ends = 10 * time.Second

// Killed is in what the launcher says of a rank that was killed.
const Killed = "exited on signal 9 (Killed)"
