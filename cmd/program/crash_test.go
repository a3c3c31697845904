package program

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/internal/race"
)

// killStep has a process that is the program kill itself before so many steps of writing
// files: in the middle of the content, before it is synced, before and after the rename.
const killStep = "TARGETPROP_TEST_KILL_STEP"

func killAt(text string) {
	left, err := strconv.Atoi(text)
	if err != nil {
		return
	}
	atomicfile.Fault = func(atomicfile.Step, string) error {
		if left--; left == 0 {
			p, _ := os.FindProcess(os.Getpid())
			_ = p.Kill()
			select {}
		}
		return nil
	}
}

// rounds is how often the tests of crashes go through what they try: make kill sets it.
func rounds(t *testing.T, usual int) int {
	text := os.Getenv("TARGETPROP_KILLS")
	if text == "" {
		if testing.Short() || race.Enabled {
			return min(usual, 1)
		}
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestCrash: commands are killed at random steps of writing, and started again as a user
// would, until one comes to its end. What it leaves is what an undisturbed one leaves.
func TestCrash(t *testing.T) {
	if race.Enabled {
		t.Skip("a killed process says nothing of races")
	}
	data := tiny.Data(t)
	trained := tinyRun(t, data)
	for _, c := range []struct {
		name   string
		args   func(out string, again bool) []string
		result func(out string) []string
		steps  int // about as many as it takes: two of three processes are killed
		rounds int
	}{
		{"train", func(out string, again bool) []string {
			if _, err := os.Stat(run.Dir(out).Checkpoint()); again && err == nil {
				return []string{"train", "--out", out, "--resume"}
			}
			return tinyArgs(data, out)
		}, func(out string) []string { return []string{run.Dir(out).Model(), run.Dir(out).Samples()} }, 45, 3},
		{"reproduce", func(out string, _ bool) []string {
			return []string{"reproduce", "--data", data, "--out", out, "--layers", "4,3", "--epochs", "3", "--samples", "20", "--only", "figure3,figure5"}
		}, func(out string) []string {
			found, _ := filepath.Glob(filepath.Join(out, "parts", "*.png"))
			models, _ := filepath.Glob(filepath.Join(out, "train", "*", "[am]*"))
			return append(found, models...)
		}, 100, 1},
		{"sample", func(out string, _ bool) []string {
			return []string{"sample", "--model", trained.Model(), "--n", "20", "--out", out + ".png"}
		}, func(out string) []string { return []string{out + ".png"} }, 5, 1},
		{"fill", func(out string, _ bool) []string {
			return []string{"fill", "--model", trained.Model(), "--data", data, "--n", "5", "--show", "3", "--out", out + ".png"}
		}, func(out string) []string { return []string{out + ".png"} }, 5, 1},
		{"eval", func(out string, again bool) []string {
			if !again {
				if err := os.CopyFS(out, os.DirFS(string(trained))); err != nil {
					t.Fatal(err)
				}
			}
			return []string{"eval", "--model", out, "--data", data, "--samples", "20", "--save"}
		}, func(out string) []string { return []string{filepath.Join(out, "eval.json"), run.Dir(out).Model()} }, 5, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.name == "reproduce" && testing.Short() && os.Getenv("TARGETPROP_KILLS") == "" {
				t.Skip("short")
			}
			base := t.TempDir()
			undisturbed := filepath.Join(base, "undisturbed")
			mustCall(t, c.args(undisturbed, false)...)
			want := c.result(undisturbed)
			seed := rand.Uint64()
			t.Logf("steps from seed %d", seed)
			rng := rand.New(rand.NewPCG(seed, 0))
			kills := 0
			for round := range rounds(t, c.rounds) {
				out := filepath.Join(base, fmt.Sprint(round))
				for again := false; ; again = true {
					cmd := process(t, c.args(out, again)...)
					cmd.Env = append(cmd.Env, fmt.Sprintf("%s=%d", killStep, 1+rng.IntN(c.steps+c.steps/2)))
					var stderr bytes.Buffer
					cmd.Stderr = &stderr
					err := cmd.Run()
					if err == nil {
						break
					}
					if cmd.ProcessState.Exited() {
						t.Fatalf("after %d kills: %v: %s", kills, err, &stderr)
					}
					kills++
				}
				got := c.result(out)
				if len(got) != len(want) {
					t.Fatalf("files %q, want %q", got, want)
				}
				for i := range want {
					if strings.ReplaceAll(read(t, got[i]), out, undisturbed) != read(t, want[i]) { // eval's report names the model's file
						t.Errorf("%s is another after %d kills", got[i], kills)
					}
				}
			}
			t.Logf("%d kills", kills)
		})
	}
}

// TestInjectedErrors: a step of writing fails. The command says so in one line, leaves
// whole files only, and when the trouble is over ends where it would have ended.
func TestInjectedErrors(t *testing.T) {
	if race.Enabled {
		t.Skip("nothing here is at the same time")
	}
	data := tiny.Data(t)
	defer func() { atomicfile.Fault = nil }()
	steps := 0
	atomicfile.Fault = func(atomicfile.Step, string) error { steps++; return nil }
	want := read(t, tinyRun(t, data).Model())
	full := map[atomicfile.Step][]error{
		atomicfile.StepCreate: {syscall.EACCES, syscall.EROFS},
		atomicfile.StepWrite:  {syscall.ENOSPC, syscall.EIO},
		atomicfile.StepSync:   {syscall.EIO, syscall.ENOSPC},
		atomicfile.StepRename: {syscall.EACCES, syscall.EXDEV},
		atomicfile.StepFolder: {syscall.EIO},
	}
	tried := 0
	stride := 7 // a part of the steps each time: all of them with make kill
	if os.Getenv("TARGETPROP_KILLS") != "" {
		stride = 1
	}
	for at := 1 + rand.IntN(stride); at <= steps; at += stride {
		for which := range 2 {
			dir := run.Dir(filepath.Join(t.TempDir(), "run"))
			left, failed, injected := at, atomicfile.Step(""), error(nil)
			atomicfile.Fault = func(step atomicfile.Step, path string) error {
				if left--; left == 0 {
					failed, injected = step, full[step][which%len(full[step])]
					return injected
				}
				return nil
			}
			r := call(tinyArgs(data, string(dir))...)
			atomicfile.Fault = nil
			if injected == nil {
				continue // what there is to see is written by the clock: there were fewer steps
			}
			if r.status == cli.StatusOK && strings.HasPrefix(r.stderr, "targetprop: note: what there is to see could not all be written") && strings.Contains(r.stderr, injected.Error()) && read(t, dir.Model()) == want {
				continue // a report alone is missing
			}
			if r.status != cli.StatusFailed || !strings.Contains(r.stderr, injected.Error()) || strings.Count(r.stderr, "\n") != 1 || !strings.Contains(r.stderr, string(dir)) {
				t.Fatalf("step %d, %s fails with %v: status %d, stderr %q", at, failed, injected, r.status, r.stderr)
			}
			tried++
			again := tinyArgs(data, string(dir), "--overwrite")
			if _, err := dir.Task().Load(dir.Checkpoint()); err == nil {
				again = []string{"train", "--out", string(dir), "--resume"}
			} else if !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("step %d, %s: %v", at, failed, err)
			}
			mustCall(t, again...)
			if read(t, dir.Model()) != want {
				t.Errorf("step %d, %s fails with %v: another model", at, failed, injected)
			}
			for name := range contents(t, string(dir)) {
				if strings.HasPrefix(name, ".") {
					t.Errorf("step %d, %s: %s was left", at, failed, name)
				}
			}
		}
	}
	t.Logf("%d errors, at %d steps", tried, steps)
}

// TestDamagedEverywhere: a checkpoint that is cut, or has one bit flipped, anywhere in its
// header or its body is never taken for whole.
func TestDamagedEverywhere(t *testing.T) {
	dir := tinyRun(t, tiny.Data(t), "--epochs", "1")
	good := []byte(read(t, dir.Checkpoint()))
	load := dir.Task().Load
	path := filepath.Join(t.TempDir(), "checkpoint.safetensors")
	rng := rand.New(rand.NewPCG(rand.Uint64(), 0))
	var places []int
	for range cmp.Or(rounds(t, 4)*50, 1) {
		places = append(places, rng.IntN(len(good)))
	}
	taken := 0
	for _, at := range places {
		for _, cut := range []bool{true, false} {
			bad := bytes.Clone(good)
			if cut {
				bad = bad[:at]
			} else {
				bad[at] ^= 1 << rng.IntN(8)
			}
			if err := os.WriteFile(path, bad, 0o644); err != nil {
				t.Fatal(err)
			}
			if _, err := load(path); err == nil {
				taken++
			}
		}
	}
	// One bit of a letter in JSON may leave its meaning: the escapes of two hexadecimal
	// cases, the space of the padding.
	if taken > len(places)/500 {
		t.Errorf("%d of %d damaged checkpoints were taken for whole", taken, 2*len(places))
	}
	t.Logf("%d of %d", taken, 2*len(places))
}
