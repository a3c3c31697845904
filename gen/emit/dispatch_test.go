package emit

import "testing"

func TestUnexported(t *testing.T) {
	for name, want := range map[string]string{
		"Exp": "exp", "ReLU": "reLU", "RelaxReLU": "relaxReLU", "RMSProp": "rmsProp", "PeakFMA": "peakFMA", "FMA": "fma",
	} {
		if got := unexported(name); got != want {
			t.Errorf("%s becomes %s, want %s", name, got, want)
		}
	}
}
