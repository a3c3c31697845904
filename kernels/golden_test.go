package kernels

import (
	"encoding/json"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/noise"
)

// golden is one file of ../testdata/golden, which the program there makes.
type golden struct {
	Kernel, Bound   string
	Inputs, Outputs map[string][]string
}

// words are the 32-bit words of an input, row by row.
func (g golden) words(tb testing.TB, name string) (words []uint32, rows int) {
	tb.Helper()
	for _, row := range g.Inputs[name] {
		for word := range strings.FieldsSeq(row) {
			x, err := strconv.ParseUint(word, 16, 32)
			if err != nil {
				tb.Fatalf("input %s: %v", name, err)
			}
			words = append(words, uint32(x))
		}
	}
	if words == nil {
		tb.Fatalf("there is no input %s", name)
	}
	return words, len(g.Inputs[name])
}

func (g golden) matrix(tb testing.TB, name string) Matrix {
	tb.Helper()
	words, rows := g.words(tb, name)
	m := Matrix{Rows: rows, Cols: len(words) / rows, Stride: len(words) / rows}
	for _, x := range words {
		m.Data = append(m.Data, math.Float32frombits(x))
	}
	return m
}

func (g golden) floats(tb testing.TB, name string) []float32 {
	tb.Helper()
	return g.matrix(tb, name).Data
}

func (g golden) packed(tb testing.TB, name string) Packed {
	tb.Helper()
	m := g.matrix(tb, name)
	p := NewPacked(m.Rows, m.Cols)
	p.Pack(0, m)
	return p
}

func (g golden) noise(tb testing.TB) (n Noise, firstRow int) {
	tb.Helper()
	w, _ := g.words(tb, "noise")
	return Noise{Seed: uint64(w[0]) | uint64(w[1])<<32, Stream: uint16(w[2]), Step: w[3]}, int(w[4])
}

// unpacked is a packed matrix without its padding.
func unpacked(p Packed) []float32 {
	m := Matrix{Rows: p.Rows, Cols: p.Cols, Stride: p.Cols, Data: make([]float32, p.Rows*p.Cols)}
	p.Unpack(0, m)
	return m.Data
}

// goldenRuns compute the outputs of each file from its inputs.
var goldenRuns = map[string]func(t *testing.T, e *Engine, g golden) map[string][]float32{
	"elementwise": func(t *testing.T, e *Engine, g golden) map[string][]float32 {
		out := map[string][]float32{}
		for name := range g.Inputs {
			x := g.floats(t, name)
			switch name {
			case "exp":
				e.Exp(x, x)
			case "log":
				e.Log(x, x)
			default:
				e.Apply(goldenActivation(t, name), x, x)
			}
			out[name] = x
		}
		return out
	},
	"affine": func(t *testing.T, e *Engine, g golden) map[string][]float32 {
		x, w := g.matrix(t, "x"), g.packed(t, "w")
		out := map[string][]float32{}
		for name := range g.Outputs {
			y := Matrix{Rows: x.Rows, Cols: w.Cols, Stride: w.Cols, Data: make([]float32, x.Rows*w.Cols)}
			e.Affine(y, goldenActivation(t, name), x, w)
			out[name] = y.Data
		}
		return out
	},
	"affinerelax": func(t *testing.T, e *Engine, g golden) map[string][]float32 {
		settings := g.floats(t, "settings")
		out := map[string][]float32{}
		for name := range g.Outputs {
			h := g.matrix(t, "h")
			e.AffineRelax(h, goldenActivation(t, name), g.matrix(t, "x"), g.packed(t, "w"),
				Relaxation{Delta: settings[0], Alpha: settings[1], A: g.matrix(t, "a"), G: g.matrix(t, "g")})
			out[name] = h.Data
		}
		return out
	},
	"affinedelta": func(t *testing.T, e *Engine, g golden) map[string][]float32 {
		out := map[string][]float32{}
		for act := range allActivations {
			name := act.String()
			w, target, loss := g.packed(t, "w"), g.matrix(t, "target"), g.matrix(t, "loss")
			d := NewPacked(target.Rows, target.Cols)
			e.AffineDelta(d, loss, goldenActivation(t, name), g.matrix(t, "x"), w, target, g.floats(t, "settings")[0])
			out[name+"/d"], out[name+"/loss"], out[name+"/sum"] = unpacked(d), loss.Data, []float32{float32(SumLoss(loss))}
		}
		return out
	},
	"gradient": func(t *testing.T, e *Engine, g golden) map[string][]float32 {
		x, d := g.matrix(t, "x"), g.packed(t, "d")
		w := NewPacked(x.Cols+1, d.Cols)
		e.Gradient(w, x, d)
		return map[string][]float32{"gradient": unpacked(w)}
	},
	"gemm": func(t *testing.T, e *Engine, g golden) map[string][]float32 {
		out := map[string][]float32{}
		for name := range g.Outputs {
			scalars := strings.Fields(name)
			alpha, _ := strconv.ParseFloat(scalars[0], 32)
			beta, _ := strconv.ParseFloat(scalars[1], 32)
			a, b, c := g.matrix(t, "a"), g.matrix(t, "b"), g.matrix(t, "c")
			e.Gemm(false, false, float32(alpha), a, b, float32(beta), c)
			out[name] = c.Data
			for i, transposedFactors := range [][2]bool{{true, false}, {false, true}, {true, true}} {
				a, b, again := a, b, g.matrix(t, "c")
				if transposedFactors[0] {
					a = flipped(a)
				}
				if transposedFactors[1] {
					b = flipped(b)
				}
				e.Gemm(transposedFactors[0], transposedFactors[1], float32(alpha), a, b, float32(beta), again)
				if !slices.Equal(again.Data, c.Data) {
					t.Errorf("alpha, beta %s: transposition %d changes the result", name, i)
				}
			}
		}
		return out
	},
	"update": func(t *testing.T, e *Engine, g golden) map[string][]float32 {
		s := g.floats(t, "settings")
		step, _ := g.words(t, "step")
		out := map[string][]float32{}
		for rule := range allRules {
			name := rule.String()
			w, m := g.floats(t, "w"), Moments{Mean: g.floats(t, "mean"), Square: g.floats(t, "square"), Velocity: g.floats(t, "velocity")}
			e.Update(Optimizer{Rule: rule, Rate: s[0], Momentum: s[1], Decay: s[2], Epsilon: s[3]}, int(step[0]), w, g.floats(t, "grad"), m)
			out[name+"/w"] = w
			if rule != SGD {
				out[name+"/mean"], out[name+"/square"] = m.Mean, m.Square
			}
			if rule != Adam {
				out[name+"/velocity"] = m.Velocity
			}
		}
		return out
	},
	"gaussian": func(t *testing.T, e *Engine, g golden) map[string][]float32 {
		x := g.matrix(t, "src")
		n, firstRow := g.noise(t)
		e.AddGaussian(x, x, g.floats(t, "settings")[0], n, firstRow)
		return map[string][]float32{"gaussian": x.Data}
	},
	"bernoullimean": func(t *testing.T, e *Engine, g golden) map[string][]float32 {
		n, firstRow := g.noise(t)
		out := map[string][]float32{}
		for name := range g.Outputs {
			draws, _ := strconv.Atoi(name)
			p, mean := g.matrix(t, "p"), g.matrix(t, "p")
			e.BernoulliMean(mean, p, draws, n, firstRow)
			out[name] = mean.Data
		}
		return out
	},
	"philox": func(t *testing.T, _ *Engine, g golden) map[string][]float32 {
		words, _ := g.words(t, "vectors")
		for v := range slices.Chunk(words, 10) {
			if got := noise.Philox([4]uint32(v[:4]), [2]uint32(v[4:6])); got != [4]uint32(v[6:]) {
				t.Errorf("noise.Philox(%08x, %08x) = %08x, want %08x", v[:4], v[4:6], got, v[6:])
			}
		}
		return nil
	},
}

func goldenActivation(t *testing.T, name string) Activation {
	t.Helper()
	act, err := ParseActivation(name)
	if err != nil {
		t.Fatal(err)
	}
	return act
}

func flipped(m Matrix) Matrix {
	r := Matrix{Rows: m.Cols, Cols: m.Rows, Stride: m.Rows, Data: make([]float32, m.Rows*m.Cols)}
	for i := range m.Rows {
		for j, x := range m.Row(i) {
			r.Row(j)[i] = x
		}
	}
	return r
}

// TestGolden holds every implementation to values of a high-precision program
// that shares no code with this package.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("../testdata/golden/*.json")
	if err != nil || len(paths) != len(goldenRuns) {
		t.Fatalf("%d golden files for %d kernels: %v", len(paths), len(goldenRuns), err)
	}
	all := engines(t)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var g golden
		if err := json.Unmarshal(text, &g); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		t.Run(g.Kernel, func(t *testing.T) {
			run := goldenRuns[strings.TrimSuffix(filepath.Base(path), ".json")]
			for name, e := range all {
				worst := 0.0
				got := run(t, e, g)
				if !slices.Equal(slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(g.Outputs))) {
					t.Fatalf("outputs %v, want %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(g.Outputs)))
				}
				for output, x := range got {
					worst = max(worst, checkGolden(t, name+": "+output, x, g.Outputs[output]))
				}
				t.Logf("%s: errors up to %.2f of their bound", name, worst)
			}
		})
	}
}

// checkGolden compares with lines of a value and a bound in ulp; 0 asks for the
// value's bits. It returns the largest error as a share of its bound.
func checkGolden(t *testing.T, what string, got []float32, lines []string) (worst float64) {
	t.Helper()
	if len(got) != len(lines) {
		t.Fatalf("%s: %d numbers, want %d", what, len(got), len(lines))
	}
	for i, line := range lines {
		fields := strings.Fields(line)
		want, err := strconv.ParseFloat(fields[0], 64)
		if err != nil {
			t.Fatal(err)
		}
		bound, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		switch e := contract.UlpError(got[i], want); {
		case bound == 0 && !contract.SameBits(got[i], float32(want)):
			t.Errorf("%s[%d] = %x, want %x", what, i, got[i], want)
		case !(e <= bound):
			t.Errorf("%s[%d] = %x, want %x: error %.3f ulp, bound %g", what, i, got[i], want, e, bound)
		case bound > 0:
			worst = max(worst, e/bound)
		}
	}
	return worst
}
