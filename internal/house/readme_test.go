package house

import (
	"fmt"
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

// programs are the documents with complete programs, and how many each has.
var programs = map[string]int{readme: 1, root + "/docs/backend.md": 3, root + "/docs/model.md": 1}

// TestPrograms compiles and runs the programs of the documents as they stand, in a module
// that knows this one as anybody's would, and compares what they print.
func TestPrograms(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles programs")
	}
	for path, want := range programs {
		found := regexp.MustCompile("(?s)\n```go\n(.*?)\n```\n").FindAllStringSubmatch(textOf(t, path), -1)
		if len(found) != want {
			t.Errorf("%s has %d programs, want %d", path, len(found), want)
		}
		for i, program := range found {
			t.Run(fmt.Sprintf("%s/%d", filepath.Base(path), i+1), func(t *testing.T) { runProgram(t, program[1]+"\n") })
		}
	}
}

// TestExamplePrograms runs the programs below examples, and compares what they print with
// what their ends say.
func TestExamplePrograms(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles programs")
	}
	paths, err := filepath.Glob(root + "/examples/*/main.go")
	if err != nil || len(paths) < 3 {
		t.Fatalf("%d examples, want 3 or more; %v", len(paths), err)
	}
	for _, path := range paths {
		_, said, ok := strings.Cut(textOf(t, path), "\t// Output:\n")
		if !ok {
			t.Errorf("%s does not say what it prints", path)
			continue
		}
		var want []string
		for line := range strings.Lines(said) {
			if text, ok := strings.CutPrefix(line, "\t// "); ok {
				want = append(want, strings.TrimRight(text, "\n"))
			}
		}
		cmd := exec.Command("go", "run", "./"+filepath.Base(filepath.Dir(path)))
		cmd.Dir = root + "/examples"
		var problems strings.Builder
		cmd.Stderr = &problems
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: %v\n%s", path, err, &problems)
		}
		if got := strings.TrimRight(string(out), "\n"); got != strings.Join(want, "\n") {
			t.Errorf("%s prints\n%s\nand says\n%s", path, got, strings.Join(want, "\n"))
		}
	}
}

func runProgram(t *testing.T, program string) {
	const mostLines = 40
	if lines := strings.Count(program, "\n"); lines > mostLines {
		t.Errorf("the program has %d lines, want %d at most", lines, mostLines)
	}
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
		"go.mod":  "module example.com/program\n\ngo 1.25.0\n\nrequire " + module + " v0.0.0\n\nreplace " + module + " => " + here + "\n",
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
		t.Errorf("it prints %s, the document says %s", got, output[1])
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
