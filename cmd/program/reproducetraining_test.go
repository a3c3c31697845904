package program

import (
	"bufio"
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/model"
)

// TestReproduceFinish: a training that somebody has finish is no training of all epochs, and the report is not made of it.
func TestReproduceFinish(t *testing.T) {
	data, out := tiny.Data(t), filepath.Join(t.TempDir(), "report")
	cmd := process(t, tinyReproduce(data, out, "--only", "figure3", "--epochs", "1000000")...)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "    1 ") {
			mustCall(t, "finish", string(trainedDir(t, out)))
		}
	}
	_ = cmd.Wait()
	if status := cmd.ProcessState.ExitCode(); status != cli.StatusFailed || !strings.Contains(stderr.String(), "was finished after ") || !strings.Contains(stderr.String(), "of 1000000 epochs") {
		t.Errorf("status %d: %s", status, stderr.String())
	}
	if _, err := os.Stat(filepath.Join(out, "report.md")); err == nil {
		t.Error("a report was made of it")
	}
}

// TestReproduceOtherModel: in the folder of a training a model that some of the epochs have made, or that is of another
// training, is none: the training goes on from its checkpoint. A checkpoint of another training stays where it is.
func TestReproduceOtherModel(t *testing.T) {
	data, out := tiny.Data(t), filepath.Join(t.TempDir(), "report")
	args := tinyReproduce(data, out, "--only", "figure3")
	mustCall(t, args...)
	dir := trainedDir(t, out)
	want := read(t, dir.Model())
	file, err := model.Load(dir.Model())
	if err != nil {
		t.Fatal(err)
	}
	other := tinyRun(t, data)
	const note = "of other settings or images"
	for name, c := range map[string]struct {
		change func() error
		note   string
	}{
		"finished early": {func() error {
			file.Notes[modelfile.NoteEarly] = "1 epoch and 0 minibatches"
			defer delete(file.Notes, modelfile.NoteEarly)
			return file.Save(dir.Model())
		}, ""},
		"other images": {func() error {
			digest := file.Notes[modelfile.NoteDigest]
			file.Notes[modelfile.NoteDigest] = strings.Repeat("0", len(digest))
			defer func() { file.Notes[modelfile.NoteDigest] = digest }()
			return file.Save(dir.Model())
		}, note},
		"other settings": {func() error { return os.WriteFile(dir.Model(), []byte(read(t, other.Model())), 0o644) }, note},
	} {
		if err := c.change(); err != nil {
			t.Fatal(err)
		}
		r := call(args...)
		if r.status != cli.StatusOK || (c.note == "") != (r.stderr == "") || !strings.Contains(r.stderr, c.note) || strings.Contains(r.stdout, "trained before") {
			t.Errorf("%s: %+v", name, r)
		}
		if read(t, dir.Model()) != want {
			t.Errorf("%s: another model", name)
		}
	}
	for _, change := range []func(){
		func() { mustSucceed(t, "train", "--resume", "--out", string(dir), "--epochs", "3") },
		func() {
			write(t, dir.Checkpoint(), read(t, other.Checkpoint()))
			if err := os.Remove(dir.Model()); err != nil {
				t.Fatal(err)
			}
		},
	} {
		change()
		before := contents(t, string(dir))
		if r := call(args...); r.status != cli.StatusFailed || !strings.Contains(r.stderr, "its settings or images are others") || !maps.Equal(contents(t, string(dir)), before) {
			t.Errorf("another run: %+v", r)
		}
		mustSucceed(t, tinyReproduce(data, out, "--only", "figure1")...) // which needs no network
	}
}

// TestReproduceUnseen: a network that train has trained on, unseen by agreement, is taken by parts that do not look on, and
// stays for those that do. What was seen and is damaged counts as not seen.
func TestReproduceUnseen(t *testing.T) {
	data, out := tiny.Data(t), filepath.Join(t.TempDir(), "report")
	mustCall(t, tinyReproduce(data, out, "--only", "agreement")...)
	dir := trainedDir(t, out)
	seen, want := filepath.Join(string(dir), "agreement.json"), read(t, dir.Model())
	whole := read(t, seen)
	damaged := regexp.MustCompile(`"cosine":-?0\.`).ReplaceAllString(whole, `"cosine":0.9`)
	if damaged == whole {
		t.Fatal(whole)
	}
	for _, content := range []string{"[]", damaged} {
		write(t, seen, content)
		if told := mustCall(t, tinyReproduce(data, out, "--only", "figure3")...); !strings.Contains(told, "trained before") && !strings.Contains(told, "kept from before") {
			t.Errorf("a part that does not look on: %s", told)
		}
		if read(t, seen) != content {
			t.Error("it was trained again")
		}
		mustFail(t, cli.StatusFailed, []string{"not all that agreement wants was seen"}, tinyReproduce(data, out, "--only", "agreement")...)
		if read(t, dir.Model()) != want {
			t.Error("the network is lost")
		}
		if err := os.RemoveAll(string(dir)); err != nil {
			t.Fatal(err)
		}
		mustCall(t, tinyReproduce(data, out, "--only", "agreement")...)
		if read(t, seen) != whole || read(t, dir.Model()) != want {
			t.Error("trained again, it is another network")
		}
	}
	// What earlier programs have kept has no sums.
	older := regexp.MustCompile(`,"sha256":"[0-9a-f]*"`).ReplaceAllString(whole, "")
	write(t, seen, older)
	if told := mustCall(t, tinyReproduce(data, out, "--only", "agreement")...); !strings.Contains(told, "kept from before") || older == whole {
		t.Errorf("of an earlier program: %s", told)
	}
}

// TestReproduceTrainCommand: the command by which a report says a network was trained trains it, on data of one's own too,
// to which train fits what is not given.
func TestReproduceTrainCommand(t *testing.T) {
	dir := t.TempDir()
	table := filepath.Join(dir, "table.csv")
	rng := rand.New(rand.NewPCG(1, 2))
	var rows strings.Builder
	fmt.Fprintln(&rows, "a,b,c,kind")
	for i := range 300 {
		fmt.Fprintf(&rows, "%.2f,%.2f,%.2f,%d\n", 0.5+rng.Float64()/2, rng.Float64(), 0.9, i%2)
	}
	write(t, table, rows.String())
	named := tinyRun(t, table, "--label", "kind", "--split-seed", "7", "--centre=false", "--early-stop", "1")
	for name, args := range map[string][]string{
		"trained by reproduce": tinyReproduce(table, filepath.Join(dir, "own"), "--only", "figure3"),
		"a run's model":        {"reproduce", "--model", string(named), "--data", table, "--out", filepath.Join(dir, "named"), "--samples", "20", "--only", "figure3"},
	} {
		mustSucceed(t, args...)
		var out string
		for i, arg := range args {
			if arg == "--out" {
				out = args[i+1]
			}
		}
		text := read(t, filepath.Join(out, "report.md"))
		found := regexp.MustCompile(`\| training \| ` + cli.Program() + ` (train .*) --out FOLDER \|`).FindStringSubmatch(strings.ReplaceAll(text, `\`, ""))
		if found == nil {
			t.Fatalf("%s: no command in\n%s", name, text)
		}
		if strings.Contains(text, "not known") {
			t.Errorf("%s: no time in\n%s", name, text)
		}
		again := filepath.Join(out, "again")
		mustSucceed(t, append(strings.Fields(found[1]), "--out", again)...)
		was := named
		if name != "a run's model" {
			was = trainedDir(t, out)
		}
		if read(t, was.Model()) != read(t, filepath.Join(again, modelfile.Name)) {
			t.Errorf("%s: %s trains another network", name, found[0])
		}
	}
}

// TestReproduceFinishedModel: the report of a network that was not trained to the end says so.
func TestReproduceFinishedModel(t *testing.T) {
	data := tiny.Data(t)
	dir := tinyRun(t, data)
	file, err := model.Load(dir.Model())
	if err != nil {
		t.Fatal(err)
	}
	file.Training.Epochs = 9
	file.Notes[modelfile.NoteEarly] = "2 epochs and 0 minibatches"
	if err := file.Save(dir.Model()); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "report")
	mustSucceed(t, "reproduce", "--model", string(dir), "--data", data, "--out", out, "--samples", "20", "--only", "figure3")
	text := read(t, filepath.Join(out, "report.md"))
	for _, want := range []string{"finished after 2 epochs and 0 minibatches of 9 epochs", "--out FOLDER (finished after 2 epochs"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}
