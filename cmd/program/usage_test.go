package program

import (
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

func TestHelp(t *testing.T) {
	calls := [][]string{{"--help"}, {}, {"help"}, {"sample", "-h"}, {"help", "train"}}
	overview := mustCall(t, "--help")
	for _, cmd := range commands() {
		name := cmd.Name()
		calls = append(calls, []string{name, "--help"})
		if !strings.Contains(overview, "\n  targetprop "+name) {
			t.Errorf("no example of %s in the help:\n%s", name, overview)
		}
	}
	for _, args := range calls {
		out := mustCall(t, args...)
		for _, want := range []string{"Usage:\n", "Examples:\n", "Flags:\n", "--help"} {
			if !strings.Contains(out, want) {
				t.Errorf("%q: no %q in the help:\n%s", args, want, out)
			}
		}
		for line := range strings.Lines(out) {
			if len(strings.TrimSuffix(line, "\n")) > cli.HelpWidth {
				t.Errorf("%q: help line of %d characters: %s", args, len(line), line)
			}
		}
	}
	main, advanced, ok := strings.Cut(mustCall(t, "train", "--help"), "Advanced flags:")
	if !ok || !strings.Contains(main, "--epochs") || !strings.Contains(advanced, "--delta") || strings.Contains(advanced, "--epochs") {
		t.Errorf("the flags of train are not in paper.Names():\n%s\n---\n%s", main, advanced)
	}
}

// TestJSON: every command can speak to programs.
func TestJSON(t *testing.T) {
	for _, cmd := range commands() {
		for _, c := range append(cmd.Commands(), cmd) {
			if c.Flags().Lookup("json") == nil {
				t.Errorf("%s has no --json", c.CommandPath())
			}
		}
	}
	data := tiny.Data(t)
	dir := filepath.Join(t.TempDir(), "run")
	r := call(tinyArgs(data, dir, "--json")...)
	lines := strings.Split(strings.TrimSpace(r.stdout), "\n")
	if r.status != cli.StatusOK || len(lines) != 4 || !strings.Contains(r.stderr, "3 epochs") {
		t.Fatalf("train: status %d\n%s\n%s", r.status, r.stdout, r.stderr)
	}
	for i, line := range lines {
		var v map[string]any
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatal(err)
		}
		if i < 3 && (v["epoch"] != float64(i+1) || v["g2"] == nil || v["images_per_second"] == nil) || i == 3 && (v["model"] != filepath.Join(dir, "model.safetensors") || v["epochs"] != 3.0) {
			t.Errorf("line %d: %s", i, line)
		}
	}
	out := filepath.Join(t.TempDir(), "a.png")
	for _, args := range [][]string{{"sample", "--model", dir, "--out", out}, {"stdp", "--trials", "1000", "--out", out}, {"stdp", "reward", "--trials", "100", "--runs", "2", "--out", filepath.Join(t.TempDir(), "b.png")}} {
		var v map[string]any
		if text := mustCall(t, append(args, "--json")...); json.Unmarshal([]byte(text), &v) != nil {
			t.Errorf("%q: %s", args, text)
		}
	}
}

func TestVersion(t *testing.T) {
	if out := mustCall(t, "--version"); !strings.HasPrefix(out, "targetprop ") {
		t.Errorf("--version: %q", out)
	}
}

func TestCompletion(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if out := mustCall(t, "completion", shell); !strings.Contains(out, "targetprop") {
			t.Errorf("completion %s: %q", shell, out)
		}
	}
	for _, c := range []struct{ args, want string }{
		{"train --data |", "digits mnist fashion-mnist :4"},
		{"train --data fa|", "fashion-mnist :4"},
		{"train --data ./x|", ":0"}, // folders and files
		{"eval --data m|", "mnist :4"},
		{"sample --method |", "generate directed joint latent :4"},
		{"train --optimizer |", "rmsprop sgd adam :4"},
		{"train --out |", ":16"},
		{"train --task |", "generate label classify reward :4"},
		{"train --rule |", "backprop fa dfa dtp :4"},
		{"classify --part |", "test valid train all :4"},
		{"sample --out |", "png npy csv :8"}, // endings
		{"sample --model |", "safetensors :8"},
		{"tr|", "train :4"},
	} {
		args := append([]string{"__completeNoDesc"}, strings.Split(strings.TrimSuffix(c.args, "|"), " ")...)
		if got := strings.Join(strings.Fields(call(args...).stdout), " "); got != c.want {
			t.Errorf("completion of %q: %q, want %q", c.args, got, c.want)
		}
	}
}

// TestUsageErrors: status 2, one line, and no file made.
func TestUsageErrors(t *testing.T) {
	data := tiny.Data(t)
	t.Chdir(t.TempDir())
	for _, c := range []struct{ args, want string }{
		{"nonsense", `"nonsense" see`},
		{"trian --epochs 3", "did you mean train?"},
		{"help nonsense", "nonsense"},
		{"completion tcsh", "tcsh"},
		{"completion bash x", `"x"`},
		{"--nonsense", "--nonsense"},
		{"train --nonsense", "--nonsense train --help"},
		{"train stray", `"stray"`},
		{"sample stray", `"stray"`},
		{"eval stray", `"stray"`},
		{"info stray", `"stray"`},
		{"train --epochs", "--epochs"},
		{"train --epochs many", "--epochs many whole"},
		{"train --epochs -1", "epochs"},
		{"train --epochs 9223372036854775807", "epochs"},
		{"train --epochs 1e3", "--epochs"},
		{"train --batch 0", "batch"},
		{"train --batch 99999999", "batch"},
		{"train --layers 0", "layer 1 has 0 units"},
		{"train --layers 100,0,10", "layer 2 has 0 units"},
		{"train --layers -5", "layer 1"},
		{"train --layers 10,,10", "--layers 1000,100"},
		{"train --layers=", "--layers"},
		{"train --layers 99999999", "layer 1"},
		{"train --layers 99999999999999999999", "--layers"},
		{"train --layers 1000000,1000000", "weights"},
		{"train --lr NaN", "--lr NaN"},
		{"train --lr Inf", "--lr +Inf"},
		{"train --lr -1", "learning rate"},
		{"train --lr 0", "learning rate"},
		{"train --lr 1e-300", "learning rate"},
		{"train --lr 1e300", "--lr"},
		{"train --lr fast", "--lr number"},
		{"train --seed -1", "--seed"},
		{"train --threads -1", "--threads -1"},
		{"train --threads 1000000", "--threads"},
		{"train --iterations -1", "iterations"},
		{"train --delta NaN", "delta NaN"},
		{"train --alpha 2", "alpha 2"},
		{"train --optimizer magic", "magic rmsprop"},
		{"train --momentum 1", "momentum"},
		{"train --decay NaN", "decay"},
		{"train --epsilon 0", "epsilon"},
		{"train --up-noise NaN", "noise"},
		{"train --down-noise -1", "noise"},
		{"train --draws 0", "draws"},
		{"train --checkpoint-every soon", "soon 30s"},
		{"train --checkpoint-every -1s", "--checkpoint-every"},
		{"train --resume --overwrite", "--resume --overwrite"},
		{"train --resume=maybe", "--resume"},
		{"train --data=", "--data"},
		{"train --out=", "--out"},
		{"train --data DATA --layers 1000000,200", "weights"},
		{"train --task", "--task"},
		{"train --task magic", "magic generate label classify reward"},
		{"train --task classify --rule magic", "--rule magic backprop"},
		{"train --task classify --layers 0", "layer 1 has 0 units"},
		{"train --task classify --epochs -1", "epochs"},
		{"train --task classify --lr NaN", "--lr NaN"},
		{"train --task classify --input-noise NaN", "noise"},
		{"train --task classify --target-step 0", "step"},
		{"train --task classify --target-noise -1", "noise"},
		{"train --task classify --target-lr 0", "inverse learning rate"},
		{"train --task classify --cooling=maybe", "--cooling"},
		{"train --task reward --policy magic", "--policy magic"},
		{"train --task reward --explore 2", "epsilon"},
		{"train --task reward --policy softmax --temperature 0", "temperature"},
		{"train --task label --beta 2", "beta 2"},
		{"train --task label --missing NaN", "missing NaN"},
		{"train --task label --final-rate 2", "final"},
		{"train --task label --batch 0", "batch"},
		{"sample", "--out"},
		{"sample --out a.jpg", "a.jpg .png .npy"},
		{"sample --out noending", ".png"},
		{"sample --out a.png --n 0", "--n 0"},
		{"sample --out a.png --n -1", "--n -1"},
		{"sample --out a.png --n x", "--n"},
		{"sample --out a.png --method magic", "magic generate directed"},
		{"sample --out a.png --rounds -1", "--rounds"},
		{"sample --out a.png --method directed --rounds 3", "--rounds"},
		{"sample --out a.png --prior-scale NaN", "--prior-scale"},
		{"sample --out a.png --prior-scale -1", "--prior-scale"},
		{"sample --out a.png --threads -1", "--threads"},
		{"classify --confusion=", "--confusion file"},
		{"sample --out a.png --top=", "--top file"},
		{"sample --out a.png --model=", "--model file"},
		{"reproduce --model=", "--model folder"},
		{"eval --model=", "--model file"},
		{"eval --model=a --model=", "--model file"},
		{"man --out=", "--out folder"},
		{"eval --samples 0", "--samples 0"},
		{"eval --seed x", "--seed"},
		{"info --json=x", "--json"},
		{"sample --out a.png --top a.npy --n 3", "--top --n --seed"},
		{"sample --out a.png --method joint --alpha 0.1", "--alpha latent joint"},
		{"sample --out a.png --method directed --alpha 0.1", "--alpha"},
		{"sample --out a.png --alpha 2", "alpha 2"},
		{"sample --out a.png --method latent --top a.npy", "--top"},
		{"encode", "--out .npz .npy"},
		{"export", "--onnx FILE.onnx"},
		{"export --onnx a.bin", "a.bin .onnx"},
		{"export --onnx a.onnx --part magic", "magic encoder decoder sample"},
		{"export --onnx a.onnx --prior-scale 2", "--part sample"},
		{"export --onnx a.onnx --part sample --prior-scale NaN", "NaN"},
		{"encode --out a.csv", "a.csv .npz"},
		{"encode --out a.npz --array h1", "--array .npy"},
		{"encode --out a.npz --part half", "half test valid"},
		{"encode --out a.npz --n -1", "--n -1"},
		{"encode --out a.npz --alpha 2", "alpha 2"},
		{"info --threads -2", "--threads"},
	} {
		args := strings.Fields(strings.ReplaceAll(c.args, "DATA", data))
		mustFail(t, cli.StatusUsage, strings.Fields(c.want), args...)
	}
	if files := contents(t, "."); len(files) > 0 {
		t.Errorf("mistakes made files: %v", files)
	}
}

func TestBadInstructionSet(t *testing.T) {
	t.Setenv("TARGETPROP_ISA", "mmx")
	for _, args := range [][]string{{"info"}, {"train"}, {"sample", "--out", "a.png"}, {"eval"}} {
		mustFail(t, cli.StatusUsage, []string{"TARGETPROP_ISA", "mmx", "avx2"}, args...)
	}
}

// TestFullDisk: output that is lost is a failure.
func TestFullDisk(t *testing.T) {
	var stderr strings.Builder
	if status := Execute([]string{"info"}, fullDisk{}, &stderr); status != cli.StatusFailed || stderr.String() != "targetprop: standard output: no space left\n" {
		t.Errorf("status %d, stderr %q", status, &stderr)
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left") }

var _ io.Writer = fullDisk{}

// TestArgumentsWithoutNames: an argument that is empty, as a script's variable that is not set, is
// called that.
func TestArgumentsWithoutNames(t *testing.T) {
	for _, command := range []string{"data", "finish", "runs", "watch"} {
		mustFail(t, cli.StatusUsage, []string{`argument 1 is "": want a name`}, command, "")
	}
	mustFail(t, cli.StatusUsage, []string{`argument 2 is ""`}, "runs", "a", "")
}
