package machine

import (
	"runtime"
	"strings"
	"testing"
)

func TestDescriptionIsOnOneLine(t *testing.T) {
	for name, s := range map[string]string{"CPU": CPU(), "Details": Details(), "Go": Go()} {
		if s == "" || strings.ContainsAny(s, "\n|") {
			t.Errorf("%s is %q", name, s)
		}
	}
	if !strings.Contains(Go(), runtime.Version()) {
		t.Errorf("%q lacks the version", Go())
	}
}

func TestPreemptionsOnlyGrow(t *testing.T) {
	before, ok := Preemptions()
	if !ok {
		t.Skip("not known on this system")
	}
	if after, _ := Preemptions(); after < before {
		t.Errorf("%d, then %d", before, after)
	}
}
