package house

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const readme = root + "/README.md"

// TestReadmeLength: who wants to know what this is reads a page, and no book.
func TestReadmeLength(t *testing.T) {
	const most = 800
	if words := len(strings.Fields(textOf(t, readme))); words > most {
		t.Errorf("README.md has %d words, want %d at most", words, most)
	}
}

// TestReadmeProgram compiles and runs the program of the README as it stands, in a module
// that knows this one as anybody's would, and compares what it prints.
func TestReadmeProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a program")
	}
	programs := regexp.MustCompile("(?s)\n```go\n(.*?)\n```\n").FindAllStringSubmatch(textOf(t, readme), -1)
	if len(programs) != 1 {
		t.Fatalf("%d programs, want 1", len(programs))
	}
	program := programs[0][1] + "\n"
	output := regexp.MustCompile(`(?m)^\s*// Output: (.*)$`).FindStringSubmatch(program)
	if output == nil {
		t.Fatal("the program does not say what it prints")
	}
	here, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"main.go": program,
		"go.mod":  "module example.com/readme\n\ngo 1.25.0\n\nrequire " + module + " v0.0.0\n\nreplace " + module + " => " + here + "\n",
		"go.sum":  textOf(t, root+"/go.sum"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := func(command string, args ...string) string {
		cmd := exec.Command(command, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %s: %v\n%s", command, strings.Join(args, " "), err, out)
		}
		return strings.TrimSpace(string(out))
	}
	if got := run("gofmt", "-l", "."); got != "" {
		t.Errorf("gofmt would change %s", got)
	}
	run("go", "vet", ".")
	if got := run("go", "run", "."); got != output[1] {
		t.Errorf("it prints %s, the README says %s", got, output[1])
	}
}

// textOf is the content of a file.
func textOf(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
