package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// TestArchives: both kinds have the files as they are, and nothing of the time or the user.
func TestArchives(t *testing.T) {
	files := []file{{"program", []byte("\x7fELF"), true}, {"man/man1/program.1", []byte(".TH"), false}}
	packed, err := packTar("folder", files)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	if !z.ModTime.IsZero() || z.Name != "" {
		t.Errorf("gzip has the time %v and the name %q", z.ModTime, z.Name)
	}
	var got []string
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%s %o %d %d%s %s %s", h.Name, h.Mode, h.Uid, h.Gid, h.Uname, h.ModTime.UTC().Format("2006-01-02"), content))
	}
	if want := []string{"folder/program 755 0 0 2000-01-01 \x7fELF", "folder/man/man1/program.1 644 0 0 2000-01-01 .TH"}; !slices.Equal(got, want) {
		t.Errorf("tar has %q, want %q", got, want)
	}
	if packed, err = packZip("folder", files); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	got = nil
	for _, f := range r.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%s %s %s", f.Name, f.Modified.UTC().Format("2006-01-02"), content))
	}
	if want := []string{"folder/program 2000-01-01 \x7fELF", "folder/man/man1/program.1 2000-01-01 .TH"}; !slices.Equal(got, want) {
		t.Errorf("zip has %q, want %q", got, want)
	}
}

// TestCommonFiles: what is made from the program's own commands is made, and looks like it.
func TestCommonFiles(t *testing.T) {
	t.Chdir("../..")
	files, err := commonFiles()
	if err != nil {
		t.Fatal(err)
	}
	begins := map[string]string{
		"LICENSE": "", "NOTICE": "", "README.md": "# targetprop", "CHANGELOG.md": "# Changelog",
		"completions/targetprop.bash": "# bash completion", "completions/targetprop.fish": "# fish completion", "completions/_targetprop": "#compdef targetprop",
		"man/man1/targetprop.1": ".TH TARGETPROP 1", "man/man1/targetprop-train.1": ".TH TARGETPROP\\-TRAIN 1", "man/man1/targetprop-stdp-reward.1": ".TH",
	}
	for _, f := range files {
		if begin, ok := begins[f.name]; ok && len(f.content) > 100 && strings.HasPrefix(string(f.content), begin) {
			delete(begins, f.name)
		}
	}
	if len(begins) > 0 {
		t.Errorf("missing, or others: %v", begins)
	}
}

// TestRelease builds this machine's archive twice, and runs the program that is in it.
func TestRelease(t *testing.T) {
	if os.Getenv("TARGETPROP_RELEASE") == "" || runtime.GOOS == "windows" {
		t.Skip("builds the program twice: make test-release")
	}
	t.Chdir("../..")
	target, name := runtime.GOOS+"/"+runtime.GOARCH, "targetprop-v0-"+runtime.GOOS+"-"+runtime.GOARCH
	var made [2]string
	for i := range made {
		dir := filepath.Join(t.TempDir(), "dist")
		if err := release(dir, "v0", []string{target}); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"SHA256SUMS", name + ".tar.gz"} {
			content, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			made[i] += string(content)
		}
		if i == 0 {
			check(t, dir, name)
		}
	}
	if made[0] != made[1] {
		t.Error("the second time the bytes are others")
	}
}

// check unpacks an archive as users do.
func check(t *testing.T, dir, name string) {
	for _, line := range []string{"sha256sum -c SHA256SUMS", "tar xzf " + name + ".tar.gz", name + "/targetprop version"} {
		args := strings.Fields(line)
		if args[0] == "sha256sum" && runtime.GOOS != "linux" {
			continue
		}
		if len(args) == 2 && args[1] == "version" {
			args[0] = filepath.Join(dir, args[0])
		}
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil || len(args) == 2 && args[1] == "version" && !strings.Contains(string(out), runtime.Version()) {
			t.Errorf("%s: %v\n%s", line, err, out)
		}
	}
	for _, file := range []string{"LICENSE", "NOTICE", "README.md", "CHANGELOG.md", "completions/targetprop.bash", "completions/targetprop.fish", "completions/_targetprop", "man/man1/targetprop.1", "man/man1/targetprop-train.1"} {
		if info, err := os.Stat(filepath.Join(dir, name, file)); err != nil || info.Size() < 100 {
			t.Errorf("%s: %v", file, err)
		}
	}
}
