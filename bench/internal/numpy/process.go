package numpy

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// Process is an operation that waits for calls. It is not for concurrent use.
type Process struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

// coreVariable chooses the kernels of the OpenBLAS below NumPy.
const coreVariable = "OPENBLAS_CORETYPE"

// Start starts an operation on matrices of n rows, with kernels of that family of OpenBLAS
// ("" is its own choice) on so many threads.
func (p *NumPy) Start(op, core string, threads, n int, a, b []float64) (*Process, error) {
	dir, paths, err := operands(a, b)
	if dir != "" {
		defer os.RemoveAll(dir) // the process has read them when it is ready
	}
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(p.python, append([]string{"-c", script, op, strconv.Itoa(n)}, paths...)...)
	cmd.Stderr = os.Stderr
	cmd.Env = append(os.Environ(), fmt.Sprintf("OPENBLAS_NUM_THREADS=%d", threads), fmt.Sprintf("OMP_NUM_THREADS=%d", threads))
	if core != "" {
		cmd.Env = append(cmd.Env, coreVariable+"="+core)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	q := &Process{cmd: cmd, in: in, out: bufio.NewScanner(out)}
	if line, err := q.line(); err != nil || line != "ready" {
		q.Close()
		return nil, fmt.Errorf("numpy: %s answers %q: %w", op, line, err)
	}
	return q, nil
}

func (q *Process) line() (string, error) {
	if !q.out.Scan() {
		if err := q.out.Err(); err != nil {
			return "", err
		}
		return "", io.ErrUnexpectedEOF
	}
	return strings.TrimSpace(q.out.Text()), nil
}

// Run makes so many calls and returns the time that they took by Python's clock. It panics
// if the process has died.
func (q *Process) Run(times int) time.Duration {
	if _, err := fmt.Fprintln(q.in, times); err != nil {
		panic(fmt.Sprintf("numpy: %v", err))
	}
	line, err := q.line()
	if err != nil {
		panic(fmt.Sprintf("numpy: %v", err))
	}
	seconds, err := strconv.ParseFloat(line, 64)
	if err != nil {
		panic(fmt.Sprintf("numpy: %v", err))
	}
	return time.Duration(seconds * float64(time.Second))
}

// Close ends the process.
func (q *Process) Close() {
	q.in.Close()
	q.cmd.Wait() //nolint:errcheck // it ends with its input
}
