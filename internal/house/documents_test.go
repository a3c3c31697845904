package house

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const root = "../.."

// documents are the paths of all Markdown files that people write.
func documents(t *testing.T) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch name := entry.Name(); {
		case err != nil:
			return err
		case entry.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "results" || name == "runs"):
			return fs.SkipDir
		case filepath.Ext(name) == ".md":
			all = append(all, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var (
	fenced = regexp.MustCompile("(?ms)^\\s*```.*?^\\s*```$")
	quoted = regexp.MustCompile("`([\\w.-]+(?:/[\\w.-]+)+/?)`")
	linked = regexp.MustCompile(`\]\(([^)#\s]+)[^)]*\)`)
	tested = regexp.MustCompile("`((?:Test|Fuzz|Benchmark|Example)[A-Z]\\w*)`")
	within = regexp.MustCompile("`(\\w+)` in\\s+`([\\w./-]+\\.go)`")
)

// TestDocumentsNameWhatExists looks for the files and folders that documents name, and for
// the functions that they say are in a file.
func TestDocumentsNameWhatExists(t *testing.T) {
	exists := func(path string) bool {
		_, err := os.Stat(path)
		return err == nil
	}
	for _, document := range documents(t) {
		dir := filepath.Dir(document)
		text := fenced.ReplaceAllString(textOf(t, document), "")
		for _, m := range quoted.FindAllStringSubmatch(text, -1) {
			first, _, _ := strings.Cut(m[1], "/")
			isPath := first != "." && (exists(filepath.Join(root, first)) || exists(filepath.Join(dir, first)))
			if isPath && !exists(filepath.Join(root, m[1])) && !exists(filepath.Join(dir, m[1])) {
				t.Errorf("%s: there is no %s", document, m[1])
			}
		}
		for _, m := range linked.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(m[1], "://") && !exists(filepath.Join(dir, m[1])) {
				t.Errorf("%s: a link leads to %s, which does not exist", document, m[1])
			}
		}
		for _, m := range within.FindAllStringSubmatch(text, -1) {
			if file := filepath.Join(root, m[2]); exists(file) && !regexp.MustCompile(`\b`+m[1]+`\b`).MatchString(textOf(t, file)) {
				t.Errorf("%s: there is no %s in %s", document, m[1], m[2])
			}
		}
	}
}

// TestDocumentsNameTests: each test that a document names is there.
func TestDocumentsNameTests(t *testing.T) {
	defined := regexp.MustCompile(`(?m)^func (\w+)\(\w+ \*testing\.`)
	there := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, "_test.go") {
			for _, m := range defined.FindAllStringSubmatch(textOf(t, path), -1) {
				there[m[1]] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, document := range documents(t) {
		for _, m := range tested.FindAllStringSubmatch(textOf(t, document), -1) {
			if !there[m[1]] {
				t.Errorf("%s: there is no %s", document, m[1])
			}
		}
	}
}

// TestFloorsOfArchitecture compares the floors that people read with those that are tested.
func TestFloorsOfArchitecture(t *testing.T) {
	want := "| from the top floor down |\n|---|\n"
	for _, packages := range floors {
		want += "| `" + strings.Join(packages, "` `") + "` |\n"
	}
	if !strings.Contains(textOf(t, root+"/ARCHITECTURE.md"), "\n"+want+"\n") {
		t.Errorf("ARCHITECTURE.md has another table of floors, want\n%s", want)
	}
}
