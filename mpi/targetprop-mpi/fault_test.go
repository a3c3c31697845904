//go:build openmpi || mpich

package main

import (
	"bufio"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/targetprop/targetprop/mpi/internal/launch"
)

// ours are the lines of stderr that are the program's own.
func ours(stderr string) []string {
	var lines []string
	for line := range strings.Lines(stderr) {
		if strings.HasPrefix(line, "targetprop-mpi: ") {
			lines = append(lines, line)
		}
	}
	return lines
}

// mustFail fails the test unless the job fails in time, with one line
// that has all the words.
func mustFail(t *testing.T, words []string, parts ...launch.Part) {
	t.Helper()
	began := time.Now()
	r, err := runJob(t, parts...)
	if err == nil {
		t.Errorf("want a failure with %q; output %s", words, r.stdout)
		return
	}
	if d := time.Since(began); d > launch.Ends {
		t.Errorf("it took %v to fail with %q", d, words)
	}
	lines := ours(r.stderr)
	if len(lines) != 1 {
		t.Errorf("want one line with %q; stderr %s", words, r.stderr)
		return
	}
	for _, w := range words {
		if !strings.Contains(lines[0], w) {
			t.Errorf("%q: want %q in it", lines[0], w)
		}
	}
}

// TestRanksThatDiffer are refused with both values, before anything is written.
func TestRanksThatDiffer(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "run")
	makeData(t, filepath.Join(dir, "a", "data"), 1)
	makeData(t, filepath.Join(dir, "b", "data"), 2)
	mustFail(t, []string{"--lr 0.001 in rank 0", "--lr 0.5 in rank 1"},
		part(t, 1, filepath.Join(dir, "a"), nil, train("data", out)), part(t, 2, filepath.Join(dir, "a"), nil, train("data", out, "--lr", "0.5")))
	mustFail(t, []string{"training images of SHA-256 ", " in rank 0", " in rank 2"},
		part(t, 2, filepath.Join(dir, "a"), nil, train("data", out)), part(t, 1, filepath.Join(dir, "b"), nil, train("data", out)))
	if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s: %v", out, err)
	}
}

// TestOneRankFails: its line is the only one, and says which it was.
func TestOneRankFails(t *testing.T) {
	dir := t.TempDir()
	makeData(t, filepath.Join(dir, "a", "data"), 1)
	if err := os.Mkdir(filepath.Join(dir, "b"), 0o755); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "run")
	mustFail(t, []string{"data", "(rank 1 on "},
		part(t, 1, filepath.Join(dir, "a"), nil, train("data", out)), part(t, 1, filepath.Join(dir, "b"), nil, train("data", out)),
		part(t, 1, filepath.Join(dir, "a"), nil, train("data", out)))
	mustFail(t, []string{"--resume"}, part(t, 3, filepath.Join(dir, "a"), nil, train("data", out, "--resume")))
	if runtime.GOOS == "linux" { // rank 0 alone finds out that it cannot write
		mustFail(t, []string{"the folder of the run"}, part(t, 3, filepath.Join(dir, "a"), nil, train("data", "/proc/run")))
	}
}

// TestFullDisk: rank 0 alone writes, and so finds out. It may be at the start, after an
// epoch, or when the model is written; a rank that reads what it cannot is another.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	data, want := filepath.Join(dir, "data"), filepath.Join(dir, "alone")
	makeData(t, data, 1)
	alone(t, train(data, want)...)
	for i, full := range []string{"checkpoint.safetensors 1", "checkpoint.safetensors 9", "model.safetensors 1", "samples.png 1"} {
		if testing.Short() && i != 1 {
			continue // each waits for the other ranks
		}
		out := filepath.Join(dir, strconv.Itoa(i))
		name, _, _ := strings.Cut(full, " ")
		mustFail(t, []string{name, "no space left on device"}, part(t, 3, "", []string{fullDisk + "=" + full}, train(data, out)))
		if i == 0 {
			continue // there is nothing to resume
		}
		mustRun(t, part(t, 2, "", nil, []string{"train", "--out", out, "--resume", "--threads", "1"}))
		same(t, "model", filepath.Join(out, "model.safetensors"), filepath.Join(want, "model.safetensors"))
	}
}

// TestUnreadable: a file that the system fails to read, in one rank or in all of them.
func TestUnreadable(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("reads of /proc/self/mem fail on Linux")
	}
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "good"), filepath.Join(dir, "bad")
	makeData(t, filepath.Join(good, "data"), 1)
	makeData(t, filepath.Join(bad, "data"), 1)
	name := filepath.Join(bad, "data", "train-images-idx3-ubyte")
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/proc/self/mem", name); err != nil {
		t.Fatal(err)
	}
	args := train("data", filepath.Join(dir, "run"))
	mustFail(t, []string{"train-images-idx3-ubyte", "input/output error", "(rank 1 on "},
		part(t, 1, good, nil, args), part(t, 1, bad, nil, args), part(t, 1, good, nil, args))
	if testing.Short() {
		return
	}
	mustFail(t, []string{"train-images-idx3-ubyte", "input/output error"}, part(t, 3, bad, nil, args))
}

// TestInterrupt: a signal to the launcher has all ranks end after the same step,
// with a checkpoint.
func TestInterrupt(t *testing.T) {
	if testing.Short() {
		t.Skip("depends on the time that a launcher takes: make kill-mpi")
	}
	dir := t.TempDir()
	data, want, out := filepath.Join(dir, "data"), filepath.Join(dir, "alone"), filepath.Join(dir, "run")
	makeData(t, data, 1)
	long := []string{"--epochs", "40", "--lr", "1e-5", "--iterations", "400", "--delta", "0.01"} // long steps: the launcher passes output and signals on when it likes
	alone(t, train(data, want, long...)...)
	cmd := launch.Job(t.Context(), part(t, 3, "", nil, train(data, out, long...)))
	cmd.Env = append(cmd.Env, launch.Patience(5))
	var stderr strings.Builder
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "    1 ") {
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Error(err)
			}
		}
	}
	err = cmd.Wait()
	if lines := ours(stderr.String()); err == nil || len(lines) != 1 || !strings.Contains(lines[0], "interrupted and saved after ") {
		t.Errorf("error %v, stderr %s", err, &stderr)
	}
	if _, err := os.Stat(filepath.Join(out, "model.safetensors")); err == nil {
		t.Fatal("the signal came too late")
	}
	mustRun(t, part(t, 2, "", nil, []string{"train", "--out", out, "--resume"}))
	same(t, "model", filepath.Join(out, "model.safetensors"), filepath.Join(want, "model.safetensors"))
}

// killsVariable is how many times TestKill kills a rank.
const killsVariable = "TARGETPROP_KILLS"

// TestKill: SIGKILL of any rank at any moment ends the job within ten seconds,
// and leaves a checkpoint from which another number of ranks goes on to the bytes
// of an undisturbed run.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("depends on the time that a launcher takes: make kill-mpi")
	}
	kills := 3
	if text := os.Getenv(killsVariable); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		kills = n
	}
	dir := t.TempDir()
	data, want, out := filepath.Join(dir, "data"), filepath.Join(dir, "alone"), filepath.Join(dir, "run")
	makeData(t, data, 1)
	long := []string{"--epochs", "100", "--lr", "1e-5", "--checkpoint-every", "1ms"}
	alone(t, train(data, want, long...)...)
	seed := rand.Uint64()
	rng := rand.New(rand.NewPCG(seed, 0))
	t.Logf("ranks and delays from seed %d", seed)
	next := func() []string {
		if _, err := os.Stat(filepath.Join(out, "checkpoint.safetensors")); err != nil {
			return train(data, out, long...)
		}
		return []string{"train", "--out", out, "--resume", "--checkpoint-every", "1ms", "--threads", "1"}
	}
	check := func() {
		same(t, "model", filepath.Join(out, "model.safetensors"), filepath.Join(want, "model.safetensors"))
	}
	for done := 0; done < kills; {
		if killOne(t, rng, 2+done%3, next()) {
			done++
			continue
		}
		check() // the job had come to its end
		if err := os.RemoveAll(out); err != nil {
			t.Fatal(err)
		}
	}
	mustRun(t, part(t, 2, "", nil, next()))
	check()
}

// allEnded tells whether of the processes with these names none is left at work.
func allEnded(pids []fs.DirEntry) bool {
	for _, pid := range pids {
		stat, err := os.ReadFile(filepath.Join("/proc", pid.Name(), "stat"))
		if err == nil && !strings.Contains(string(stat), ") Z ") { // a zombie waits for its launcher
			return false
		}
	}
	return runtime.GOOS == "linux"
}

// killOne starts a job, kills one of its ranks and waits for the end. It tells
// whether the job was not done before.
func killOne(t *testing.T, rng *rand.Rand, ranks int, args []string) bool {
	t.Helper()
	folder := t.TempDir()
	p := part(t, ranks, "", nil, args)
	p.Env = []string{asProgram + "=" + folder}
	cmd := launch.Job(t.Context(), p)
	var said strings.Builder // by the launcher, where it does
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var found []fs.DirEntry
	for began := time.Now(); len(found) < ranks && time.Since(began) < time.Minute; time.Sleep(time.Millisecond) {
		found, _ = os.ReadDir(folder)
	}
	time.Sleep(time.Duration(rng.IntN(2000)) * time.Millisecond)
	if len(found) < ranks {
		t.Fatalf("%d of %d ranks came: %s", len(found), ranks, &said)
	}
	pid, err := strconv.Atoi(found[rng.IntN(ranks)].Name())
	if err != nil {
		t.Fatal(err)
	}
	process, err := os.FindProcess(pid)
	if err != nil {
		t.Fatal(err)
	}
	_ = process.Kill() // it may be gone
	began := time.Now()
	// A launcher may wait for a lock of its own when all its ranks have ended.
	var gone atomic.Bool
	stuck := time.AfterFunc(launch.Ends, func() {
		gone.Store(allEnded(found))
		_ = cmd.Process.Kill()
	})
	err = cmd.Wait()
	stuck.Stop()
	if gone.Load() {
		t.Logf("the launcher of %d ranks did not end, though they had", ranks)
	}
	if d := time.Since(began); d > launch.Ends && !gone.Load() {
		t.Errorf("the job of %d ranks went on for %v", ranks, d)
	}
	if err != nil && !strings.Contains(said.String(), launch.Killed) {
		t.Errorf("the job of %d ranks ended with: %s", ranks, &said)
	}
	return err != nil
}
