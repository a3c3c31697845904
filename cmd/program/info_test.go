package program

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

func TestInfo(t *testing.T) {
	t.Setenv(kernels.ISAVariable, "")
	out := mustCall(t, "info")
	for _, want := range []string{"version", runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH, "cpu", "threads", "in use          " + kernels.Available()[0].String()} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
}

func TestInfoJSON(t *testing.T) {
	for _, isa := range kernels.Available() {
		t.Setenv(kernels.ISAVariable, isa.String())
		var f facts
		decodeJSON(t, mustCall(t, "info", "--json", "--threads", "3"), &f)
		if f.Go != runtime.Version() || f.Arch != runtime.GOARCH || f.Threads != 3 || f.LogicalCores < 1 || f.Version == "" {
			t.Errorf("facts %+v", f)
		}
		if s := f.InstructionSet; s.Used != isa.String() || !strings.Contains(s.Why, kernels.ISAVariable+"="+isa.String()) || !slices.Equal(s.Program, names(kernels.Compiled())) || !slices.Equal(s.Machine, names(kernels.Available())) {
			t.Errorf("instruction sets %+v", s)
		}
	}
}

func TestVersionCommand(t *testing.T) {
	t.Setenv(kernels.ISAVariable, "generic")
	var v version
	decodeJSON(t, mustCall(t, "version", "--json"), &v)
	if v.Version == "" || v.Go != runtime.Version() || v.OS != runtime.GOOS || v.Arch != runtime.GOARCH || v.InstructionSet != "generic" {
		t.Errorf("version %+v", v)
	}
	if out := mustCall(t, "version"); !strings.HasPrefix(out, "targetprop "+v.Version+"\n") || !strings.Contains(out, "runs on    generic\n") {
		t.Errorf("output %q", out)
	}
}
