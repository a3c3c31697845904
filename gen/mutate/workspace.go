package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"
)

// workspace is a copy of the tree in a temporary folder.
type workspace struct {
	dir    string
	isas   []string
	arch   string
	limits map[string]time.Duration // of the tests of each package
}

// parts are what the tests need of the tree.
var parts = []string{"go.mod", "go.sum", "asm", "internal"}

func newWorkspace(root string, isas []string) (*workspace, error) {
	w := &workspace{isas: isas, arch: "amd64", limits: map[string]time.Duration{}}
	if slices.Contains(isas, "neon") {
		w.arch = "arm64"
	}
	dir, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return nil, err
	}
	w.dir = dir
	for _, part := range parts {
		if err := copyTree(filepath.Join(dir, part), filepath.Join(root, part)); err != nil {
			w.remove()
			return nil, err
		}
	}
	return w, nil
}

func (w *workspace) remove() { _ = os.RemoveAll(w.dir) }

func copyTree(dst, src string) error {
	return filepath.WalkDir(src, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(src, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(dst, rel), 0o755)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dst, rel), content, 0o644)
	})
}

// read reads the assembly of the instruction sets.
func (w *workspace) read() ([]*source, error) {
	var files []*source
	for _, isa := range w.isas {
		paths, err := filepath.Glob(filepath.Join(w.dir, "asm", "*", "*_"+isa+"_"+w.arch+".s"))
		if err != nil {
			return nil, err
		}
		if len(paths) == 0 {
			return nil, fmt.Errorf("no assembly for %s on %s", isa, w.arch)
		}
		for _, path := range paths {
			s, err := readSource(w.dir, path)
			if err != nil {
				return nil, err
			}
			files = append(files, s)
		}
	}
	return files, nil
}

// errNoAssembly is the error of a change that the assembler does not take.
var errNoAssembly = errors.New("the change does not assemble")

// build compiles the tests of a package.
func (w *workspace) build(pkg string) error {
	cmd := exec.Command("go", "test", "-c", "-o", w.binary(pkg), "./"+pkg)
	cmd.Dir = w.dir
	cmd.Env = append(os.Environ(), "GOARCH="+w.arch, "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", errNoAssembly, out)
	}
	return nil
}

// binary is the tests of a package.
func (w *workspace) binary(pkg string) string {
	return filepath.Join(w.dir, strings.ReplaceAll(pkg, "/", "_")+".test")
}

// patience is how long tests without a change may take. With a change they may take
// three times as long as without, and a minute: it may have made an endless loop.
const patience = time.Hour

// baseline makes sure that the tests of the files pass without a change, so that it is
// the change that a failure is due to.
func (w *workspace) baseline(files []*source) error {
	for _, f := range files {
		for _, pkg := range f.suites {
			if _, done := w.limits[pkg]; done {
				continue
			}
			if err := w.build(pkg); err != nil {
				return err
			}
			began := time.Now()
			w.limits[pkg] = patience
			how, err := w.test(pkg)
			w.limits[pkg] = 3*time.Since(began) + time.Minute
			if err == nil && how != "" {
				err = fmt.Errorf("the tests of %s fail even without a change: %s", pkg, how)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// try runs the tests on the changed tree. It returns how they failed, or nothing. The tests
// of the gates read the assembly: only the others are built again.
func (w *workspace) try(m mutation) (how string, err error) {
	path := filepath.Join(w.dir, m.file.name)
	lines := slices.Clone(m.file.lines)
	lines[m.line] = m.text
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
		return "", err
	}
	defer func() {
		if e := os.WriteFile(path, []byte(strings.Join(m.file.lines, "\n")), 0o644); err == nil {
			err = e
		}
	}()
	if err := w.build(m.file.suites[0]); err != nil {
		return "", err
	}
	for _, pkg := range m.file.suites {
		if how, err = w.test(pkg); how != "" || err != nil {
			break
		}
	}
	return how, err
}

// failure is the beginning of a failed test's message.
var failure = regexp.MustCompile(`^\w+\.go:\d+: `)

// test runs the built tests of a package and returns the first sign of a failure.
func (w *workspace) test(pkg string) (how string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), w.limits[pkg])
	defer cancel()
	args := []string{w.binary(pkg), "-test.failfast", "-test.run", tests}
	if w.arch != runtime.GOARCH {
		args = append([]string{"qemu-aarch64"}, append(args, "-test.short")...)
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = filepath.Join(w.dir, pkg)
	cmd.Env = append(os.Environ(), "TARGETPROP_REQUIRE="+strings.Join(w.isas, ","), "TARGETPROP_ISA=")
	out, err := cmd.CombinedOutput()
	if err == nil {
		return "", nil
	}
	if ctx.Err() != nil {
		return fmt.Sprintf("no end after %v", w.limits[pkg]), nil
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return "", err
	}
	for line := range strings.Lines(string(out)) {
		if line = strings.TrimSpace(line); failure.MatchString(line) || strings.HasPrefix(line, "fatal error") || strings.HasPrefix(line, "panic") || strings.HasPrefix(line, "SIG") {
			return line[:min(len(line), 150)], nil
		}
	}
	return err.Error(), nil
}
