package settings

import "testing"

func FuzzLayers(f *testing.F) {
	for _, s := range []string{"1000,100", "1", " 3 , 4", ",", "-1,0x10", "1e3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var a, b Layers
		if a.Set(text) != nil {
			return
		}
		if err := b.Set(a.String()); err != nil || a.String() != b.String() {
			t.Errorf("%q: %v, again %v, %v", text, a, b, err)
		}
	})
}
