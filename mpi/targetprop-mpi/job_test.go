//go:build openmpi || mpich

package main

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/targetprop/targetprop/cmd/program"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/mpi/internal/launch"
)

// asProgram makes the test binary behave as the program. Its value is a folder
// in which each rank leaves its number and process, or "-".
const asProgram = "TARGETPROP_TEST_AS_PROGRAM"

// fullDisk has the disk fill at the n-th step of writing a file: its value is "name n".
const fullDisk = "TARGETPROP_TEST_FULL_DISK"

func fill(text string) {
	name, step, _ := strings.Cut(text, " ")
	left, err := strconv.Atoi(step)
	if err != nil {
		panic(err)
	}
	atomicfile.Fault = func(_ atomicfile.Step, path string) error {
		if filepath.Base(path) != name {
			return nil
		}
		if left--; left < 1 {
			return syscall.ENOSPC
		}
		return nil
	}
}

func TestMain(m *testing.M) {
	folder := os.Getenv(asProgram)
	if folder == "" {
		os.Exit(m.Run())
	}
	if folder != "-" {
		name := filepath.Join(folder, strconv.Itoa(os.Getpid()))
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			panic(err)
		}
	}
	if text := os.Getenv(fullDisk); text != "" {
		fill(text)
	}
	main()
}

// part is ranks of the program, with settings for the environment before the
// arguments.
func part(t *testing.T, ranks int, dir string, env, args []string) launch.Part {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return launch.Part{Ranks: ranks, Dir: dir, Env: append([]string{asProgram + "=-"}, env...), Args: append([]string{exe}, args...)}
}

// result is what a job gave.
type result struct{ stdout, stderr string }

// run runs a job. Launchers have something to say on stderr as well.
func runJob(t *testing.T, parts ...launch.Part) (result, error) {
	t.Helper()
	cmd := launch.Job(t.Context(), parts...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	return result{stdout.String(), stderr.String()}, err
}

// mustRun fails the test unless the job succeeds.
func mustRun(t *testing.T, parts ...launch.Part) string {
	t.Helper()
	r, err := runJob(t, parts...)
	if err != nil {
		t.Fatalf("%v: %v\n%s%s", parts, err, r.stdout, r.stderr)
	}
	return r.stdout
}

// alone runs the program without MPI.
func alone(t *testing.T, args ...string) string {
	t.Helper()
	var stdout bytes.Buffer
	if status := program.Execute(args, &stdout, os.Stderr); status != 0 {
		t.Fatalf("%q: status %d", args, status)
	}
	return stdout.String()
}

// Sizes of the images of the tests: no number of ranks divides them.
const (
	images        = 331 // for training, of which some are set aside
	height, width = 7, 5
)

// makeData makes a folder of images.
func makeData(t *testing.T, dir string, seed uint64) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(seed, 2))
	for name, n := range map[string]int{"train": images, "t10k": 61} {
		pixels := make([]byte, n*height*width)
		for i := range pixels {
			pixels[i] = byte(rng.IntN(256))
		}
		writeIDX(t, filepath.Join(dir, name+"-images-idx3-ubyte"), 0x803, pixels, n, height, width)
		writeIDX(t, filepath.Join(dir, name+"-labels-idx1-ubyte"), 0x801, make([]byte, n), n)
	}
}

func writeIDX(t *testing.T, path string, magic uint32, data []byte, sizes ...int) {
	t.Helper()
	b := binary.BigEndian.AppendUint32(nil, magic)
	for _, n := range sizes {
		b = binary.BigEndian.AppendUint32(b, uint32(n))
	}
	if err := os.WriteFile(path, append(b, data...), 0o600); err != nil {
		t.Fatal(err)
	}
}

// train are the arguments of a training on odd widths, with minibatches that no
// number of ranks under test divides.
func train(data, out string, more ...string) []string {
	return append([]string{"train", "--data", data, "--out", out, "--layers", "21,13", "--epochs", "3", "--batch", "37", "--lr", "1e-3", "--threads", "1"}, more...)
}

// same fails the test unless two files have the same bytes.
func same(t *testing.T, what, got, want string) {
	t.Helper()
	if read(t, got) != read(t, want) {
		t.Errorf("%s: %s and %s differ", what, got, want)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
