package program

import (
	"encoding/csv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

// TestTasks: each task learns something, shows it on validation images, and
// leaves its files.
func TestTasks(t *testing.T) {
	data := tiny.Data(t)
	for _, c := range []struct {
		args, files, columns, sizes string
	}{
		{"label", "checkpoint.previous.safetensors checkpoint.safetensors curves.png log.csv model.safetensors reconstructions.png samples.png", "f1,g1,f2,g2,fy,gy,valid_acc", "35-20-10-4"},
		{"classify", "checkpoint.previous.safetensors checkpoint.safetensors curves.png log.csv model.safetensors", "loss,inverse2,valid_acc", "35-20-10-4"},
		{"classify --rule backprop", "checkpoint.previous.safetensors checkpoint.safetensors curves.png log.csv model.safetensors", "loss,valid_acc", "35-20-10-4"},
		{"reward --rule backprop --explore 0.5", "checkpoint.previous.safetensors checkpoint.safetensors curves.png log.csv model.safetensors", "loss,reward,valid_acc", "35-20-10-4"},
	} {
		args := strings.Fields(c.args)
		dir := run.Dir(filepath.Join(t.TempDir(), "run"))
		out := mustCall(t, tinyTask(args[0], data, string(dir), append(args[1:], "--epochs", "25", "--lr", "0.02")...)...)
		for _, want := range []string{c.sizes + " on 250 images of ./tiny, 25 epochs", "valid_acc", "test     accuracy", "60 test images", "classify --model " + dir.Model()} {
			if !strings.Contains(out, want) {
				t.Errorf("%s: no %q in the output:\n%s", c.args, want, out)
			}
		}
		if files := strings.Join(slices.Sorted(maps.Keys(contents(t, string(dir)))), " "); files != c.files {
			t.Errorf("%s: files %s, want %s", c.args, files, c.files)
		}
		log, err := csv.NewReader(strings.NewReader(read(t, dir.Log()))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if got, want := strings.Join(log[0], ","), "epoch,"+c.columns+",images_per_second,seconds"; got != want || len(log) != 26 {
			t.Errorf("%s: %d lines below %s, want 25 below %s", c.args, len(log)-1, got, want)
		}
		accuracy, err := strconv.ParseFloat(log[25][slices.Index(log[0], "valid_acc")], 64)
		if err != nil || accuracy < 0.6 || accuracy > 1 {
			t.Errorf("%s: validation accuracy %v, %v; want more than 0.6", c.args, accuracy, err)
		}
		name, err := modelfile.TaskOf(dir.Model())
		if err != nil || name != args[0] || dir.Task().Name != args[0] {
			t.Errorf("%s: a model of %q, %v", c.args, name, err)
		}
		// Complete: the test's result comes from the model.
		again := mustCall(t, "train", "--out", string(dir), "--resume")
		if _, result, _ := strings.Cut(out, "test     "); !strings.Contains(again, "complete with its 25 epochs") || !strings.Contains(again, result) {
			t.Errorf("%s: again\n%s", c.args, again)
		}
	}
}

// TestTaskFolder: the default folders of tasks differ.
func TestTaskFolder(t *testing.T) {
	data := tiny.Data(t)
	t.Chdir(filepath.Dir(data))
	mustCall(t, "train", "--task", "classify", "--data", "tiny", "--layers", "4", "--epochs", "1")
	if contents(t, "runs/tiny-classify")["model.safetensors"] == "" || contents(t, "runs/tiny") != nil {
		t.Error("no model in runs/tiny-classify alone")
	}
	mustCall(t, "train", "--task", "classify", "--data", "tiny", "--resume")
}

// TestTaskSettings: settings of one task are none of another, and a run keeps its
// task.
func TestTaskSettings(t *testing.T) {
	data := tiny.Data(t)
	dir := t.TempDir()
	for _, c := range []struct{ task, flag, with string }{
		{"generate", "--rule=fa", "classify or reward"},
		{"generate", "--beta=0.1", "label"},
		{"label", "--rule=fa", "classify or reward"},
		{"classify", "--policy=softmax", "reward"},
		{"classify", "--iterations=3", "generate or label"},
		{"reward", "--draws=1", "generate or label"},
	} {
		flag, _, _ := strings.Cut(c.flag, "=")
		mustFail(t, cli.StatusUsage, []string{flag, c.with, c.task}, tinyTask(c.task, data, filepath.Join(dir, "none"), c.flag)...)
	}
	for _, name := range labelTasks {
		out := filepath.Join(dir, name)
		mustCall(t, tinyTask(name, data, out)...)
		resume := []string{"train", "--resume", "--out", out}
		mustFail(t, cli.StatusUsage, []string{"--task generate", name}, append(resume, "--task", "generate")...)
		mustFail(t, cli.StatusUsage, []string{"--lr"}, append(resume, "--lr", "0.5")...)
		mustFail(t, cli.StatusUsage, []string{"--epochs 1", "raise"}, append(resume, "--epochs", "1")...)
		mustCall(t, append(resume, "--task", name, "--epochs", "4")...)
		if log := read(t, run.Dir(out).Log()); strings.Count(log, "\n") != 5 {
			t.Errorf("%s: log.csv: %s", name, log)
		}
	}
	if contents(t, filepath.Join(dir, "none")) != nil {
		t.Error("mistakes made files")
	}
}

// TestNoLabels: a set that has nothing to tell apart is refused before the work by
// the tasks that learn from labels, and one with other labels on --resume.
func TestNoLabels(t *testing.T) {
	data := tiny.Data(t)
	for _, name := range labelTasks {
		dir := filepath.Join(t.TempDir(), "run")
		mustCall(t, tinyTask(name, data, dir)...)
		other, same := relabelled(t, func(int) byte { return 1 }), relabelled(t, func(i int) byte { return byte(i % 3) })
		mustFail(t, cli.StatusFailed, []string{"label 1", "two classes", "--task generate"}, tinyTask(name, other, filepath.Join(t.TempDir(), "x"))...)
		mustFail(t, cli.StatusUsage, []string{"other data", "--data"}, "train", "--resume", "--out", dir, "--data", same)
	}
	gap := relabelled(t, func(i int) byte { return byte(i % 2 * 2) })
	mustFail(t, cli.StatusFailed, []string{"no training image of class 1"}, tinyTask("label", gap, filepath.Join(t.TempDir(), "x"))...)
	// The labels of the test images are as they were: 1 and 3 are among them.
	for _, name := range []string{"classify", "reward"} {
		r := call(tinyTask(name, gap, filepath.Join(t.TempDir(), "x"))...)
		if want := "targetprop: note: validation or test images are of classes that no training image has, so that no model can tell them: 1, 3\n"; r.status != cli.StatusOK || r.stderr != want {
			t.Errorf("%s: status %d, %q", name, r.status, r.stderr)
		}
	}
}

// relabelled is the tiny set with other labels of its training files.
func relabelled(t *testing.T, label func(i int) byte) string {
	t.Helper()
	dir := tiny.Data(t)
	labels := make([]byte, tiny.Images)
	for i := range labels {
		labels[i] = label(i)
	}
	write(t, filepath.Join(dir, tiny.TrainLabelsFile), tiny.IDX(0x801, labels, len(labels)))
	return dir
}

// TestTaskLostFiles: a model that was lost comes back the same, and so does a
// picture.
func TestTaskLostFiles(t *testing.T) {
	data := tiny.Data(t)
	for _, name := range labelTasks {
		dir := run.Dir(filepath.Join(t.TempDir(), "run"))
		mustCall(t, tinyTask(name, data, string(dir))...)
		before := contents(t, string(dir))
		for _, lost := range []string{dir.Model(), dir.Samples()} {
			if err := os.Remove(lost); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			mustCall(t, "train", "--out", string(dir), "--resume")
			for _, file := range []string{"model.safetensors", "samples.png", "log.csv"} {
				if contents(t, string(dir))[file] != before[file] {
					t.Errorf("%s: without %s: %s is another", name, filepath.Base(lost), file)
				}
			}
		}
	}
}

// TestTaskBadCheckpoint: a damaged checkpoint stops --resume, and stays as it is.
func TestTaskBadCheckpoint(t *testing.T) {
	data := tiny.Data(t)
	for _, name := range labelTasks {
		good := tinyRun(t, data, "--task", name)
		content := read(t, good.Checkpoint())
		for _, bad := range []string{
			"", content[:7], content[:200], content[:len(content)-1], content + "x",
			strings.Replace(content, "[35,20]", "[20,35]", 1),
			strings.Replace(content, "[35,20,10", "[35,20,11", 1),
			strings.Replace(content, `Step\":`, `Step\":-`, 1),
			content[:len(content)-4] + "\x00\x00\xc0\x7f",
			read(t, good.Model()),
		} {
			if bad == content {
				t.Fatal("the mistake was not made")
			}
			dir := run.Dir(t.TempDir())
			write(t, dir.Checkpoint(), bad)
			mustFail(t, cli.StatusFailed, []string{"checkpoint"}, "train", "--data", data, "--out", string(dir), "--resume")
			if files := contents(t, string(dir)); len(files) != 1 || files["checkpoint.safetensors"] != bad {
				t.Errorf("%s: the folder has changed", name)
			}
		}
	}
}

// TestTaskOptimizers: another optimiser has a rate of its own, which is told with its reason.
func TestTaskOptimizers(t *testing.T) {
	data := tiny.Data(t)
	for _, name := range labelTasks {
		for _, rule := range []string{"rmsprop", "sgd"} {
			args := []string{"train", "--task", name, "--data", data, "--out", filepath.Join(t.TempDir(), "run"), "--layers", "20,10", "--epochs", "1", "--optimizer", rule}
			out := mustCall(t, args...)
			if !strings.Contains(out, "settings that follow from others") || !strings.Contains(out, ": of "+rule+",") {
				t.Errorf("%s, %s: output\n%s", name, rule, out)
			}
			if out := mustCall(t, append(args, "--overwrite", "--lr", "0.001")...); strings.Contains(out, "follow from") {
				t.Errorf("%s, %s: a rate that was given has a reason:\n%s", name, rule, out)
			}
		}
	}
}
