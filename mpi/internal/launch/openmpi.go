//go:build !mpich

package launch

// Launcher is the program that starts jobs.
const Launcher = "mpirun.openmpi"

// environment lets root start jobs, as in containers, with any number of ranks.
var environment = []string{"OMPI_ALLOW_RUN_AS_ROOT=1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1", "OMPI_MCA_rmaps_base_oversubscribe=1"}

// Killed is in what the launcher says of a rank that was killed.
const Killed = "exited on signal 9 (Killed)"
