package program

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"github.com/klauspost/cpuid/v2"
	"github.com/spf13/cobra"
	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/kernels"
)

// facts is what info tells. The JSON names are a promise to users.
type facts struct {
	Version        string       `json:"version"`
	Go             string       `json:"go"`
	OS             string       `json:"os"`
	Arch           string       `json:"arch"`
	CPU            string       `json:"cpu"`
	Cores          int          `json:"cores"`         // physical, 0 if not known
	LogicalCores   int          `json:"logical_cores"` // that the system lets this process use
	GOMAXPROCS     int          `json:"gomaxprocs"`
	Threads        int          `json:"threads"`
	InstructionSet instructions `json:"instruction_set"`
}

func newInfo() *cobra.Command {
	var asJSON bool
	var threads int
	cmd := &cobra.Command{
		Use:   "info",
		Short: "Show what this program and this machine can do",
		Long: `Shows the version, the processor, the instruction sets that this program has
kernels for and that the machine can run, the one in use and why, and the number
of threads.

The environment variable TARGETPROP_ISA (generic, neon, avx2 or avx512) caps the
instruction set. Results are the same with all of them, bit for bit.`,
		Example: `  targetprop info
  targetprop info --json
  TARGETPROP_ISA=avx2 targetprop info`,
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	addThreads(cmd.Flags(), &threads)
	cmd.RunE = cli.Action(func(cmd *cobra.Command) error {
		f, err := gather(threads)
		if err != nil {
			return err
		}
		if asJSON {
			return cli.WriteJSON(cmd.OutOrStdout(), f)
		}
		f.write(cmd.OutOrStdout())
		return nil
	})
	return cmd
}

func gather(threads int) (facts, error) {
	engine, err := cli.NewEngine(threads)
	if err != nil {
		return facts{}, err
	}
	defer engine.Close()
	return facts{
		Version:        cli.Version(),
		Go:             runtime.Version(),
		OS:             runtime.GOOS,
		Arch:           runtime.GOARCH,
		CPU:            strings.TrimSpace(cpuid.CPU.BrandName),
		Cores:          cpuid.CPU.PhysicalCores,
		LogicalCores:   runtime.NumCPU(),
		GOMAXPROCS:     runtime.GOMAXPROCS(0),
		Threads:        engine.Threads(),
		InstructionSet: describeISA(engine.ISA()),
	}, nil
}

func (f facts) write(w io.Writer) {
	cpu := f.CPU
	if cpu == "" {
		cpu = "unknown"
	}
	cores := fmt.Sprintf("%d logical", f.LogicalCores)
	if f.Cores > 0 {
		cores += fmt.Sprintf(", %d physical", f.Cores)
	}
	isa := f.InstructionSet
	for _, line := range [][2]string{
		{"version", f.Version},
		{"go", f.Go + " " + f.OS + "/" + f.Arch},
		{"cpu", cpu},
		{"cores", cores},
		{"threads", fmt.Sprintf("%d (GOMAXPROCS %d)", f.Threads, f.GOMAXPROCS)},
		{"instruction sets", ""},
		{"  in the program", strings.Join(isa.Program, ", ")},
		{"  on the machine", strings.Join(isa.Machine, ", ")},
		{"  in use", isa.Used + ": " + isa.Why},
	} {
		fmt.Fprintln(w, strings.TrimRight(fmt.Sprintf("%-18s%s", line[0], line[1]), " "))
	}
}

// instructions tells which instruction set is in use and why, best ones first.
type instructions struct {
	Program []string `json:"program"` // that the program has kernels for
	Machine []string `json:"machine"` // of these, that the machine and its system can run
	Used    string   `json:"used"`
	Why     string   `json:"why"`
}

func describeISA(used kernels.ISA) instructions {
	i := instructions{Program: names(kernels.Compiled()), Machine: names(kernels.Available()), Used: used.String()}
	limit := os.Getenv(kernels.ISAVariable)
	switch {
	case limit != "" && used != kernels.Available()[0]:
		i.Why = fmt.Sprintf("%s=%s rules out better ones", kernels.ISAVariable, limit)
	case limit != "":
		i.Why = fmt.Sprintf("the best that both have; %s=%s does not rule it out", kernels.ISAVariable, limit)
	default:
		i.Why = "the best that both have"
	}
	return i
}

func names(isas []kernels.ISA) []string {
	text := make([]string, len(isas))
	for i, isa := range isas {
		text[i] = isa.String()
	}
	return text
}

// version is what version tells. The JSON names are a promise to users.
type version struct {
	Version        string `json:"version"`
	Commit         string `json:"commit,omitempty"`
	Go             string `json:"go"`
	OS             string `json:"os"`
	Arch           string `json:"arch"`
	InstructionSet string `json:"instruction_set"` // in use
}

func newVersion() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Show the version of this program",
		Long: `Shows the version of the module, the commit that it was built from if that is
known, the version of Go, and the instruction set in use. targetprop info says
more about the machine.`,
		Example: `  targetprop version
  targetprop version --json`,
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	cmd.RunE = cli.Action(func(cmd *cobra.Command) error {
		f, err := gather(1)
		if err != nil {
			return err
		}
		v := version{f.Version, cli.Commit(), f.Go, f.OS, f.Arch, f.InstructionSet.Used}
		if asJSON {
			return cli.WriteJSON(cmd.OutOrStdout(), v)
		}
		fmt.Fprintf(cmd.OutOrStdout(), "targetprop %s\n", v.Version)
		if v.Commit != "" {
			fmt.Fprintf(cmd.OutOrStdout(), "commit     %s\n", v.Commit)
		}
		fmt.Fprintf(cmd.OutOrStdout(), "built by   %s for %s/%s\nruns on    %s\n", v.Go, v.OS, v.Arch, v.InstructionSet)
		return nil
	})
	return cmd
}
