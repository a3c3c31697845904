// Command release builds the archives of a release: the program for each system and
// architecture, manual pages, completions, and checksums. The same commit, built by the
// same version of Go, gives the same bytes. `make release` runs it.
package main

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/targetprop/targetprop/cmd/program"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("release: ")
	out := flag.String("out", "dist", "`folder` of the archives, which is made anew")
	version := flag.String("version", "", "`version` in the names of the archives")
	targets := flag.String("targets", "linux/amd64,linux/arm64,darwin/amd64,darwin/arm64,windows/amd64,windows/arm64", "`systems` and architectures")
	flag.Parse()
	if *version == "" || strings.ContainsAny(*version, `/\`) {
		log.Fatalf("-version %q: want what git describe says", *version)
	}
	if err := release(*out, *version, strings.Split(*targets, ",")); err != nil {
		log.Fatal(err)
	}
}

// release makes all archives and their checksums.
func release(out, version string, targets []string) error {
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	common, err := commonFiles()
	if err != nil {
		return err
	}
	var sums strings.Builder
	for _, target := range targets {
		system, architecture, ok := strings.Cut(target, "/")
		if !ok {
			return fmt.Errorf("-targets %s: want as linux/amd64", target)
		}
		binary, err := build(system, architecture)
		if err != nil {
			return err
		}
		folder := fmt.Sprintf("targetprop-%s-%s-%s", version, system, architecture)
		name, pack, end := folder+".tar.gz", packTar, ""
		if system == "windows" {
			name, pack, end = folder+".zip", packZip, ".exe"
		}
		files := append([]file{{"targetprop" + end, binary, true}}, common...)
		content, err := pack(folder, files)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(out, name), content, 0o644); err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(content), name)
		fmt.Println(filepath.Join(out, name))
	}
	return os.WriteFile(filepath.Join(out, "SHA256SUMS"), []byte(sums.String()), 0o644)
}

// build is the program for a system.
func build(system, architecture string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "release")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "targetprop")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", path, "./cmd/targetprop")
	cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH="+architecture, "CGO_ENABLED=0", "GOFLAGS=", "GOAMD64=v1", "GOARM64=v8.0", "GOWORK=off")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("go build for %s/%s: %w", system, architecture, err)
	}
	return os.ReadFile(path)
}

// commonFiles are those of all archives.
func commonFiles() ([]file, error) {
	var files []file
	for _, name := range []string{"CHANGELOG.md", "LICENSE", "NOTICE", "README.md"} {
		content, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files = append(files, file{name, content, false})
	}
	for _, c := range []struct{ shell, name string }{{"bash", "targetprop.bash"}, {"fish", "targetprop.fish"}, {"zsh", "_targetprop"}} {
		content, err := said("completion", c.shell)
		if err != nil {
			return nil, err
		}
		files = append(files, file{"completions/" + c.name, content, false})
	}
	dir, err := os.MkdirTemp("", "release")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if _, err := said("man", "--out", dir); err != nil {
		return nil, err
	}
	pages, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, page := range pages {
		content, err := os.ReadFile(filepath.Join(dir, page.Name()))
		if err != nil {
			return nil, err
		}
		files = append(files, file{"man/man1/" + page.Name(), content, false})
	}
	return files, nil
}

// said is what the program writes.
func said(args ...string) ([]byte, error) {
	var out, line bytes.Buffer
	if status := program.Execute(args, &out, io.Writer(&line)); status != 0 {
		return nil, fmt.Errorf("targetprop %s: %s", strings.Join(args, " "), strings.TrimSpace(line.String()))
	}
	return out.Bytes(), nil
}
