package program

import (
	"bytes"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/internal/folderlock"
)

// TestLinkedFrames: a link in place of a folder of a run's is not followed, whether files are
// removed there or written, and what is refused is so before anything changes.
func TestLinkedFrames(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a right there")
	}
	data := tiny.Data(t)
	dir, outside := tinyRun(t, data), filepath.Join(t.TempDir(), "outside")
	if err := os.Rename(string(dir.Frames()), outside); err != nil {
		t.Fatal(err)
	}
	fresh := run.Dir(t.TempDir())
	for _, d := range []run.Dir{dir, fresh} {
		if err := os.Symlink(outside, string(d.Frames())); err != nil {
			t.Fatal(err)
		}
	}
	before, beforeOutside := contents(t, string(dir)), contents(t, outside)
	if len(beforeOutside) < 3 {
		t.Fatalf("frames are %v", beforeOutside)
	}
	words := []string{"frames is in the way", "a link"}
	mustFail(t, cli.StatusFailed, words, tinyArgs(data, string(dir), "--overwrite", "--layers", "5")...)
	mustFail(t, cli.StatusFailed, words, "train", "--out", string(dir), "--resume", "--epochs", "5")
	mustFail(t, cli.StatusFailed, words, tinyArgs(data, string(fresh))...)
	if !maps.Equal(contents(t, string(dir)), before) || !maps.Equal(contents(t, outside), beforeOutside) {
		t.Error("what was refused has changed files")
	}
	if entries, err := os.ReadDir(string(fresh)); err != nil || len(entries) != 1 {
		t.Errorf("in the new folder are %v, %v", entries, err)
	}
}

// TestInTheWay: what a run could not write or remove, or is the user's own, is refused before
// anything is written or removed.
func TestInTheWay(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a right there")
	}
	data, outside := tiny.Data(t), filepath.Join(t.TempDir(), "outside")
	write(t, outside, "mine")
	for name, c := range map[string]struct {
		make  func(dir run.Dir)
		words []string
		mine  bool // or it could not be written or removed at all
	}{
		"frames is a file":         {func(dir run.Dir) { write(t, string(dir.Frames()), "mine") }, []string{"frames is in the way"}, false},
		"a frame is a folder":      {func(dir run.Dir) { mkdir(t, dir.Frames().Path(1), "x") }, []string{"epoch000001.json", "in the way"}, false},
		"finish is a folder":       {func(dir run.Dir) { mkdir(t, string(dir), "finish", "x") }, []string{"finish", "in the way"}, false},
		"finish is the user's":     {func(dir run.Dir) { write(t, filepath.Join(string(dir), "finish"), "mine") }, []string{"finish exists", "--overwrite"}, true},
		"a frame is the user's":    {func(dir run.Dir) { mkdir(t, string(dir.Frames())); write(t, dir.Frames().Path(1), "mine") }, []string{"epoch000001.json exists", "--overwrite"}, true},
		"run.json is the user's":   {func(dir run.Dir) { mkdir(t, string(dir.Frames())); write(t, dir.Frames().RunPath(), "mine") }, []string{"run.json exists", "--overwrite"}, true},
		"the log leads elsewhere":  {func(dir run.Dir) { symlink(t, data+"/x", dir.Log()) }, []string{"log.csv", "link"}, false},
		"curves lead elsewhere":    {func(dir run.Dir) { symlink(t, outside, dir.Curves()) }, []string{"curves.png", "link to"}, false},
		"now.json leads elsewhere": {func(dir run.Dir) { mkdir(t, string(dir.Frames())); symlink(t, outside, dir.Frames().NowPath()) }, []string{"now.json", "link to"}, false},
	} {
		dir := run.Dir(t.TempDir())
		c.make(dir)
		flags := [][]string{nil, {"--overwrite"}}
		if c.mine {
			flags = flags[:1]
		}
		for _, more := range flags {
			before := contents(t, string(dir))
			words := c.words
			if more == nil && !c.mine {
				words = words[:1] // perhaps that it exists
			}
			mustFail(t, cli.StatusFailed, words, tinyArgs(data, string(dir), more...)...)
			if after := contents(t, string(dir)); !maps.Equal(before, after) {
				t.Errorf("%s: the folder has changed: %v", name, after)
			}
		}
		if c.mine {
			continue
		}
		// Of a run, too: it stays as it was.
		whole := tinyRun(t, data)
		_ = os.RemoveAll(string(whole.Frames()))
		_ = os.Remove(whole.Log())
		_ = os.Remove(whole.Curves())
		c.make(whole)
		before := contents(t, string(whole))
		mustFail(t, cli.StatusFailed, c.words, tinyArgs(data, string(whole), "--overwrite", "--layers", "5")...)
		mustFail(t, cli.StatusFailed, c.words, "train", "--out", string(whole), "--resume", "--epochs", "1000000")
		if !maps.Equal(contents(t, string(whole)), before) {
			t.Errorf("%s: the run has changed", name)
		}
	}
}

func mkdir(t *testing.T, parts ...string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(parts...), 0o755); err != nil {
		t.Fatal(err)
	}
}

func symlink(t *testing.T, to, path string) {
	t.Helper()
	if err := os.Symlink(to, path); err != nil {
		t.Fatal(err)
	}
}

// TestFolderLost: a run whose folder is moved, removed, or given to another ends with words, and
// what is in its place stays as it is.
func TestFolderLost(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows lets nobody move a folder with an open file in it")
	}
	data := tiny.Data(t)
	for name, c := range map[string]struct {
		take  func(dir string) error
		again bool // another run comes there
		words string
	}{
		"moved":                         {func(dir string) error { return os.Rename(dir, dir+"-moved") }, false, ""}, // or another is there, if the run made a folder in that moment
		"moved, and another is there":   {func(dir string) error { return os.Rename(dir, dir+"-moved") }, true, ""},
		"its lock removed":              {func(dir string) error { return os.Remove(filepath.Join(dir, folderlock.Name)) }, false, folderlock.Name + " was removed"},
		"its lock is that of another":   {func(dir string) error { return os.Remove(filepath.Join(dir, folderlock.Name)) }, true, ""},
		"removed, and another is there": {func(dir string) error { return os.RemoveAll(dir) }, true, ""},
	} {
		dir := run.Dir(filepath.Join(t.TempDir(), "run"))
		first := process(t, tinyArgs(data, string(dir), "--epochs", "1000000")...)
		var stderr bytes.Buffer
		first.Stderr = &stderr
		stdout, err := first.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := first.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := stdout.Read(make([]byte, 1)); err != nil { // it trains
			t.Fatal(err)
		}
		for err := c.take(string(dir)); err != nil; err = c.take(string(dir)) { // it may write there now
			t.Log(name, err)
		}
		var after map[string]string
		if c.again {
			mustCall(t, tinyArgs(data, string(dir), "--overwrite")...)
			after = contents(t, string(dir))
		}
		if _, err := io.Copy(io.Discard, stdout); err != nil {
			t.Fatal(err)
		}
		if err := first.Wait(); err == nil || first.ProcessState.ExitCode() != cli.StatusFailed {
			t.Errorf("%s: %v", name, err)
		}
		if said := stderr.String(); !strings.Contains(said, string(dir)+" is no longer the folder that this process works in: ") || !strings.Contains(said, c.words) || !strings.Contains(said, "FOLDER") || strings.Count(said, "\n") != 1 {
			t.Errorf("%s: stderr %q", name, said)
		}
		if c.again && !maps.Equal(contents(t, string(dir)), after) {
			t.Errorf("%s: the files of the other run have changed", name)
		}
	}
}

// TestNoCheckpoint: where there is no checkpoint, nobody is sent to continue from it.
func TestNoCheckpoint(t *testing.T) {
	of := training{Run: &run.Run{Dir: run.Dir(t.TempDir())}}
	if then, err := of.explain(io.ErrShortWrite); then != "" {
		t.Error(err, then)
	}
	write(t, of.Dir.Previous(), "")
	if then, err := of.explain(io.ErrShortWrite); then == "" {
		t.Error(err)
	}
}

// TestReportsOfTheUser: reproduce replaces no report that is not its own, and goes on with its
// own, whole or not.
func TestReportsOfTheUser(t *testing.T) {
	data, dir := tiny.Data(t), t.TempDir()
	report := filepath.Join(dir, "report.md")
	for _, name := range []string{"report.html", "report.md"} {
		mine := filepath.Join(t.TempDir(), name)
		write(t, mine, "mine")
		mustFail(t, cli.StatusFailed, []string{mine, "move it away"}, tinyReproduce(data, filepath.Dir(mine), "--only", "figure1")...)
		if files := contents(t, filepath.Dir(mine)); len(files) != 1 || files[name] != "mine" {
			t.Errorf("%s: %v", name, files)
		}
	}
	mustCall(t, tinyReproduce(data, dir, "--only", "figure3")...)
	want := read(t, report)
	parts, err := filepath.Glob(filepath.Join(dir, "parts", "*.json"))
	if err != nil || len(parts) != 1 {
		t.Fatal(parts, err)
	}
	for _, path := range []string{report, parts[0]} { // damaged, they are its own still
		write(t, path, "x")
		mustCall(t, tinyReproduce(data, dir, "--only", "figure3")...)
	}
	if len(read(t, report)) < len(want)/2 {
		t.Errorf("the report is\n%s", read(t, report))
	}
	// A log that is not there tells no time.
	if err := os.Remove(trainedDir(t, dir).Log()); err != nil {
		t.Fatal(err)
	}
	mustCall(t, tinyReproduce(data, dir, "--only", "figure3")...)
	if text := read(t, report); !strings.Contains(text, "not known") || strings.Contains(text, "| 0.0 | see its log") {
		t.Errorf("without a log:\n%s", text)
	}
}

// TestReportInTheWay: what is in the way of a training or a part is met before anything is
// removed, and before the work.
func TestReportInTheWay(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a right there")
	}
	data, dir := tiny.Data(t), t.TempDir()
	make := func() []string { return tinyReproduce(data, dir, "--only", "figure3,figure1") }
	mustCall(t, make()...)
	trained := trainedDir(t, dir)
	all := func() map[string]string {
		files := map[string]string{}
		for _, folder := range []string{dir, filepath.Join(dir, "parts"), string(trained)} {
			for name, content := range contents(t, folder) {
				files[filepath.Join(folder, name)] = content
			}
		}
		return files
	}
	found := func(pattern string) string {
		paths, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(paths) == 0 {
			t.Fatal(pattern, paths, err)
		}
		return paths[0]
	}
	for _, pattern := range []string{"train/*/agreement.json", "train/*/log.csv", "parts/figure1-*.png", "parts/figure3-*.png", "parts/figure3-*.json"} {
		path := found(pattern)
		whole := read(t, path)
		var lost string // so that there is work to do
		if strings.HasPrefix(pattern, "train/*/log") {
			lost = trained.Model()
		}
		for _, block := range []func(){
			func() { mkdir(t, path, "x") },
			func() { symlink(t, filepath.Join("..", "report.md"), path) },
			func() { symlink(t, filepath.Base(path)+".other", path); write(t, path+".other", "other") },
		} {
			var model string
			if lost != "" {
				model = read(t, lost)
				_ = os.Remove(lost)
			}
			_ = os.Remove(path)
			block()
			before := all()
			if r := call(make()...); r.status == cli.StatusOK && !strings.HasPrefix(pattern, "train/") || r.status == cli.StatusUsage {
				t.Errorf("%s: %+v", pattern, r)
			} else if r.status == cli.StatusFailed && !maps.Equal(all(), before) {
				t.Errorf("%s: %s has changed files", pattern, r.stderr)
			}
			_, _ = os.RemoveAll(path), os.RemoveAll(path+".other")
			write(t, path, whole)
			if lost != "" {
				write(t, lost, model)
			}
		}
	}
	if r := call(make()...); r.status != cli.StatusOK || strings.Count(r.stdout, "kept from before") < 2 {
		t.Errorf("with all in its place again: %+v", r)
	}
}
