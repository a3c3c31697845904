package chain

import "testing"

func TestKindsAreReadBack(t *testing.T) {
	for _, c := range []Kind{Joint, Latent} {
		if got, err := ParseKind(c.String()); got != c || err != nil {
			t.Errorf("%v reads as %v, %v", c, got, err)
		}
	}
	if _, err := ParseKind("gibbs"); err == nil {
		t.Error("unknown chain: no error")
	}
}
