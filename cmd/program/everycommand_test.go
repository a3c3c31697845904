//go:build unix

package program

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

// every is a call of each command of the program that succeeds. DATA is a small set, RUN a
// run on it, CLASSES a run of a classifier, OUT a folder that is new each time.
var every = map[string]string{
	"targetprop":                       "--version",
	"targetprop classify":              "--model CLASSES --data DATA --out OUT/a.csv --confusion OUT/b.png --mistakes OUT/c.png",
	"targetprop completion":            "",
	"targetprop completion bash":       "",
	"targetprop completion fish":       "",
	"targetprop completion powershell": "",
	"targetprop completion zsh":        "",
	"targetprop data":                  "DATA --out OUT/a.png",
	"targetprop encode":                "--model RUN --data DATA --out OUT/a.npz",
	"targetprop eval":                  "--model RUN --data DATA --samples 10",
	"targetprop export":                "--model RUN --onnx OUT/a.onnx",
	"targetprop fill":                  "--model RUN --data DATA --out OUT/a.png",
	"targetprop finish":                "RUN --wait 1s", // nobody trains there
	"targetprop help":                  "train",
	"targetprop info":                  "",
	"targetprop man":                   "train",
	"targetprop reproduce":             "--data DATA --out OUT/r --layers 20,10 --batch 20 --epochs 1 --only figure3 --samples 20",
	"targetprop runs":                  "RUN",
	"targetprop sample":                "--model RUN --out OUT/a.png",
	"targetprop stdp":                  "--trials 1000 --out OUT/a.png",
	"targetprop stdp reward":           "--trials 100 --runs 1 --out OUT/a.png",
	"targetprop train":                 "--data DATA --out OUT/r --layers 20,10 --batch 20 --epochs 1",
	"targetprop version":               "",
	"targetprop watch":                 "RUN --address 0",
}

// fails are the commands whose call in every fails, or does not end by itself.
var fails = map[string]bool{"targetprop finish": true, "targetprop watch": true}

// places are what every's words stand for.
type places map[string]string

func newPlaces(t *testing.T) places {
	data := tiny.Data(t)
	classes := filepath.Join(t.TempDir(), "classes")
	mustSucceed(t, "train", "--task", "classify", "--data", data, "--out", classes, "--layers", "10", "--batch", "20", "--epochs", "1")
	return places{"DATA": data, "RUN": string(tinyRun(t, data)), "CLASSES": classes}
}

// args are those of a command, in a folder of its own.
func (p places) args(t *testing.T, command string) []string {
	words := strings.Fields(strings.TrimPrefix(command, "targetprop") + " " + every[command])
	out := t.TempDir()
	for i := range words {
		for word, path := range p {
			if words[i] == word {
				words[i] = path
			}
		}
		words[i] = strings.Replace(words[i], "OUT", out, 1)
	}
	return words
}

// allCommands are those of the program, and cobra's.
func allCommands(t *testing.T) (all []*cobra.Command) {
	root := newRoot()
	var stdout bytes.Buffer
	cli.Run(t.Context(), root, []string{"version"}, &stdout, &stdout) // makes cobra's
	var add func(cmd *cobra.Command)
	add = func(cmd *cobra.Command) {
		if cmd.Hidden {
			return
		}
		all = append(all, cmd)
		for _, c := range cmd.Commands() {
			add(c)
		}
	}
	add(root)
	return all
}

// within fails the test if do takes longer than a minute.
func within(t *testing.T, what string, do func()) {
	t.Helper()
	done := make(chan bool)
	go func() { defer close(done); do() }()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatalf("%s: waits", what)
	}
}

// TestEveryCommand: no command escapes the tables of this file, each succeeds as they say, and
// its JSON is nothing but JSON. Lost output is a failure in each of them, and a reader that
// has gone one without a word.
func TestEveryCommand(t *testing.T) {
	p := newPlaces(t)
	for _, cmd := range allCommands(t) {
		name := cmd.CommandPath()
		if _, ok := every[name]; !ok {
			t.Errorf("%s is not in the table every", name)
			continue
		}
		for _, c := range []struct {
			err  error
			want string
		}{
			{syscall.ENOSPC, "targetprop: standard output: no space left on device"},
			{syscall.EPIPE, ""},
		} {
			within(t, name, func() {
				var stderr bytes.Buffer
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				status, line := cli.Run(ctx, newRoot(), p.args(t, name), failing{c.err}, &stderr)
				if name == "targetprop finish" {
					return // it prints nothing
				}
				if status != cli.StatusFailed || line != c.want {
					t.Errorf("%s, output fails with %v: status %d, line %q, stderr %q", name, c.err, status, line, &stderr)
				}
			})
		}
		if cmd.Flags().Lookup("json") == nil || fails[name] {
			continue
		}
		r := call(append(p.args(t, name), "--json")...)
		for decoder := json.NewDecoder(strings.NewReader(r.stdout)); decoder.More(); {
			var v any
			if err := decoder.Decode(&v); err != nil {
				t.Errorf("%s --json: %v in %q", name, err, r.stdout)
				break
			}
		}
		if r.status != cli.StatusOK || r.stdout == "" {
			t.Errorf("%s --json: status %d, stdout %q, stderr %q", name, r.status, r.stdout, r.stderr)
		}
	}
}

// failing is an output that takes nothing.
type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestEveryPath: a pipe in the place of any file or folder that any flag names is refused, and
// not waited for, and so is a folder that is not there below a file.
func TestEveryPath(t *testing.T) {
	p := newPlaces(t)
	tried := 0
	for _, cmd := range allCommands(t) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			kind, _ := pflag.UnquoteUsage(f)
			if kind != "file" && kind != "folder" && kind != "source" && kind != "mask" {
				return
			}
			name, ending := cmd.CommandPath(), ""
			for _, end := range []string{".png", ".npz", ".npy", ".csv", ".onnx"} {
				if strings.Contains(f.Usage, end) && ending == "" {
					ending = end
				}
			}
			if kind == "mask" {
				ending = ".png"
			}
			dir := t.TempDir()
			pipe, file := filepath.Join(dir, "pipe"+ending), filepath.Join(dir, "file"+ending)
			if err := errors.Join(syscall.Mkfifo(pipe, 0o600), os.WriteFile(file, []byte("mine"), 0o600)); err != nil {
				t.Fatal(err)
			}
			for _, path := range []string{pipe, filepath.Join(file, "x"+ending)} {
				tried++
				what := name + " --" + f.Name + " " + path
				within(t, what, func() {
					args := p.args(t, name)
					if name == "targetprop man" {
						args = args[:1]
					}
					r := call(append(args, "--"+f.Name+"="+path)...)
					if r.status == cli.StatusOK || !strings.Contains(r.stderr, dir) || strings.Count(r.stderr, "\n") != 1 {
						t.Errorf("%s: status %d, stderr %q", what, r.status, r.stderr)
					}
				})
			}
			if info, err := os.Lstat(pipe); err != nil || info.Mode().Type() != os.ModeNamedPipe {
				t.Errorf("%s --%s: the pipe was replaced: %v", name, f.Name, err)
			}
		})
	}
	for _, command := range []string{"data", "finish", "runs", "watch"} { // a path without a flag
		pipe := filepath.Join(t.TempDir(), "pipe.csv")
		if err := syscall.Mkfifo(pipe, 0o600); err != nil {
			t.Fatal(err)
		}
		within(t, command, func() { mustFail(t, cli.StatusFailed, []string{pipe}, command, pipe) })
	}
	if tried < 50 {
		t.Errorf("%d paths were tried", tried)
	}
}

// TestEveryNumber: no flag of a number takes what is none, also where nothing else would look at it.
func TestEveryNumber(t *testing.T) {
	tried := 0
	for _, cmd := range allCommands(t) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if kind := f.Value.Type(); kind != "float32" && kind != "float64" {
				return
			}
			for _, bad := range []string{"NaN", "-Inf", "1e999", "x", ""} {
				tried++
				r := call(append(strings.Fields(cmd.CommandPath())[1:], "--"+f.Name+"="+bad)...)
				if r.status != cli.StatusUsage || !strings.Contains(r.stderr, "--"+f.Name) || strings.Contains(r.stderr, "strconv") {
					t.Errorf("%s --%s=%s: status %d, stderr %q", cmd.CommandPath(), f.Name, bad, r.status, r.stderr)
				}
			}
		})
	}
	if tried < 100 {
		t.Errorf("%d numbers were tried", tried)
	}
}
