package program

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/internal/race"
)

// asProgram makes the test binary behave as the program: a process to kill.
const asProgram = "TARGETPROP_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		killAt(os.Getenv(killStep))
		os.Exit(Execute(os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// result is what a run of the program gave.
type result struct {
	status         int
	stdout, stderr string
}

// call runs the program in this process.
func call(args ...string) result {
	var stdout, stderr bytes.Buffer
	status := Execute(args, &stdout, &stderr)
	return result{status, stdout.String(), stderr.String()}
}

// leaveToPlain skips a test that takes long under the race detector and runs nothing at
// once that tests of the packages below do not run too.
func leaveToPlain(t *testing.T) {
	if race.Enabled {
		t.Skip("takes long under the race detector, which sees the same goroutines elsewhere")
	}
}

// mustCall fails the test unless the run succeeds and is silent on stderr.
func mustCall(t *testing.T, args ...string) string {
	t.Helper()
	r := call(args...)
	if r.status != cli.StatusOK || r.stderr != "" {
		t.Fatalf("%q: status %d, stderr %q", args, r.status, r.stderr)
	}
	return r.stdout
}

// mustSucceed is mustCall of runs that may have notes.
func mustSucceed(t *testing.T, args ...string) {
	t.Helper()
	if r := call(args...); r.status != cli.StatusOK {
		t.Fatalf("%q: status %d, stderr %q", args, r.status, r.stderr)
	}
}

// mustFail fails the test unless the run ends with the status and one line on
// stderr that has all the words.
func mustFail(t *testing.T, status int, words []string, args ...string) {
	t.Helper()
	r := call(args...)
	if r.status != status {
		t.Errorf("%q: status %d, want %d; stderr %q", args, r.status, status, r.stderr)
	}
	line, rest, ended := strings.Cut(r.stderr, "\n")
	if !strings.HasPrefix(line, "targetprop: ") || rest != "" || !ended {
		t.Errorf("%q: stderr %q, want one line that begins with targetprop:", args, r.stderr)
	}
	for _, w := range words {
		if !strings.Contains(line, w) {
			t.Errorf("%q: stderr %q, want %q in it", args, line, w)
		}
	}
}

// process is the program as a process of its own.
func process(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	return cmd
}

// contents are the files in a folder, by name, without folders and links in it; nil if
// there is no folder.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, e := range entries {
		if !e.Type().IsRegular() {
			continue
		}
		files[e.Name()] = read(t, filepath.Join(dir, e.Name()))
	}
	return files
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// decodeJSON fails the test unless text is JSON of v's fields and no others.
func decodeJSON(t *testing.T, text string, v any) {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		t.Fatal(err)
	}
}

// decodePNG fails the test unless the file is a PNG picture.
func decodePNG(t *testing.T, path string) image.Image {
	t.Helper()
	picture, err := png.Decode(strings.NewReader(read(t, path)))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return picture
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
