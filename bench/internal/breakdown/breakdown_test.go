package breakdown

import (
	"math"
	"testing"
	"time"

	"github.com/google/pprof/profile"
)

// sample has stacks of functions, the one that ran first.
func sample(count int64, stack ...string) *profile.Sample {
	s := &profile.Sample{Value: []int64{count, 0}}
	for _, name := range stack {
		s.Location = append(s.Location, &profile.Location{Line: []profile.Line{{Function: &profile.Function{Name: name}}}})
	}
	return s
}

func TestAttribute(t *testing.T) {
	const home = "github.com/targetprop/targetprop/"
	inlined := sample(2, home+"kernels.affineTiles")
	inlined.Location[0].Line = append([]profile.Line{{Function: &profile.Function{Name: home + "asm/f32.Tile6x16AVX2"}}}, inlined.Location[0].Line...)
	got := attribute(&profile.Profile{Sample: []*profile.Sample{
		sample(70, home+"asm/f32.Tile14x32AVX512", home+"kernels.tile", home+"model.(*Trainer).Step"),
		inlined,
		sample(8, home+"asm/f32.RelaxSoftplusAVX512", home+"kernels.relax"),
		sample(3, home+"asm/f32.SigmoidAVX512"),
		sample(1, home+"internal/simd/vector.Activation.Value"),
		sample(2, home+"asm/f32.DeltaSigmoidAVX512"),
		sample(3, home+"asm/f32.GaussianAVX512"),
		sample(1, home+"asm/f32.BernoulliAVX2"),
		sample(4, home+"asm/f32.RMSPropAVX512"),
		sample(5, "runtime.memmove", home+"asm/f32.Tile14x32AVX512"),
		sample(1, home+"kernels.affineTiles"),
		sample(50, "", "runtime._ExternalCode"), // another library's thread
		{Value: []int64{0}},
	}})
	if got.Samples != 100 {
		t.Errorf("%d samples, want 100", got.Samples)
	}
	want := map[string]float64{"products": 0.72, "epilogues": 0.14, "noise": 0.04, "updates": 0.04, "other": 0.06}
	for _, p := range got.Parts {
		if math.Abs(p.Share-want[p.Name]) > 1e-9 {
			t.Errorf("%s: %v, want %v", p.Name, p.Share, want[p.Name])
		}
	}
	if last := got.Parts[4]; last.Name != "other" || last.Functions[0].Name != "runtime.memmove" {
		t.Errorf("last part %+v", last)
	}
	if e := got.Parts[0].Error; math.Abs(e-math.Sqrt(0.72*0.28/100)) > 1e-9 {
		t.Errorf("error of products %v", e)
	}
}

func TestNoSamples(t *testing.T) {
	if b := attribute(&profile.Profile{}); len(b.Parts) != 5 || b.Samples != 0 {
		t.Errorf("%+v", b)
	}
}

func TestProfile(t *testing.T) {
	b, err := Profile(300*time.Millisecond, func() error {
		for start := time.Now(); time.Since(start) < 10*time.Millisecond; {
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if b.Samples == 0 {
		t.Skip("no samples: the machine is busy")
	}
	if b.Parts[4].Share != 1 {
		t.Errorf("a program without kernels: %+v", b)
	}
}
