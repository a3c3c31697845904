//go:build openmpi || mpich

package mpi

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/targetprop/targetprop/mpi/internal/launch"
)

// asRank makes the test binary behave as a rank of a job.
const asRank = "TARGETPROP_TEST_RANK"

func TestMain(m *testing.M) {
	if what := os.Getenv(asRank); what != "" {
		g, err := Start()
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		status, line := 0, ""
		if err := roles[what](g); err != nil {
			status, line = 3, err.Error()
		}
		os.Exit(g.End(status, line, os.Stdout))
	}
	os.Exit(m.Run())
}

// roles are what ranks do in tests.
var roles = map[string]func(g *Group) error{
	"gather":    gatherAll,
	"interrupt": interruptOne,
	"share":     shareMemory,
	"fail":      func(g *Group) error { return fmt.Errorf("failure of rank %d", g.Rank()) },
	"fail-1": func(g *Group) error {
		if g.Rank() == 1 {
			return fmt.Errorf("a failure")
		}
		return g.Gather(make([]byte, g.Size()), []int{0, 1, 2, 3})
	},
	"bounds": func(g *Group) error { return g.Gather(make([]byte, 5), []int{0, 1, 2, 3}) },
}

// gatherAll gathers chunks of several sizes, none among them, in messages of
// several sizes.
func gatherAll(g *Group) error {
	g.Measure()
	for _, most := range []int{mostBytes, 1, 7, 64} {
		g.most = most
		for _, ends := range [][]int{{0, 1, 2, 3}, {0, 0, 5, 5}, {0, 100, 150, 157}, {0, 0, 0, 0}} {
			data := make([]byte, ends[3])
			for i := ends[g.Rank()]; i < ends[g.Rank()+1]; i++ {
				data[i] = byte(i + most)
			}
			if err := g.Gather(data, ends); err != nil {
				return err
			}
			for i, v := range data {
				if v != byte(i+most) {
					return fmt.Errorf("rank %d, %v in messages of %d: byte %d is %d", g.Rank(), ends, most, i, v)
				}
			}
		}
	}
	var profile bytes.Buffer
	g.WriteProfile(&profile)
	if strings.Count(profile.String(), "\n") != 6 {
		return fmt.Errorf("profile %s: want a row for each of four sizes", &profile)
	}
	return nil
}

// shareMemory gathers in memory in common, of one machine, as of two that have
// two ranks and one, and of two whose ranks take turns.
func shareMemory(g *Group) error {
	for round, part := range []int{0, g.Rank() / 2, g.Rank() % 2} {
		var err error
		if g.machines, err = findMachines(g.library, g.rank, g.size, part); err != nil {
			return err
		}
		data, err := g.Share(1000)
		if err != nil || (data == nil) != (round == 2) {
			return fmt.Errorf("round %d: %d bytes in common, error %v", round, len(data), err)
		}
		if data == nil {
			continue
		}
		if at := uintptr(unsafe.Pointer(&data[0])); at%alignment != 0 {
			return fmt.Errorf("memory at %x", at)
		}
		for _, most := range []int{mostBytes, 7} {
			g.most = most
			ends := []int{0, 100, 150, 157}
			some := data[40:197]
			for i := ends[g.Rank()]; i < ends[g.Rank()+1]; i++ {
				some[i] = byte(i + most)
			}
			if err := g.Gather(some, ends); err != nil {
				return err
			}
			for i, v := range some {
				if v != byte(i+most) {
					return fmt.Errorf("round %d, rank %d: byte %d is %d", round, g.Rank(), i, v)
				}
			}
			if err := g.Gather(nil, make([]int, 4)); err != nil { // until all have read
				return err
			}
		}
		g.Unshare(data)
		again, err := g.Share(900)
		if err != nil || &again[0] != &data[0] {
			return fmt.Errorf("round %d: other memory, error %v", round, err)
		}
		g.machines.close()
	}
	g.Apart()
	if data, err := g.Share(1); data != nil || err != nil {
		return fmt.Errorf("apart: %d bytes, error %v", len(data), err)
	}
	return nil
}

// interruptOne interrupts one rank before its second gather.
func interruptOne(g *Group) error {
	for i := range 3 {
		if g.Rank() == 2 && i == 1 {
			g.Interrupt()
		}
		if err := g.Gather(make([]byte, 3), []int{0, 1, 2, 3}); err != nil {
			return err
		}
		if (g.Context().Err() != nil) != (i >= 1) {
			return fmt.Errorf("rank %d: error %v of the context after gather %d", g.Rank(), g.Context().Err(), i)
		}
	}
	return nil
}

// job runs three ranks in a role.
func job(t *testing.T, role string) (output string, err error) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := launch.Job(t.Context(), launch.Part{Ranks: 3, Env: []string{asRank + "=" + role}, Args: []string{exe}})
	var stdout bytes.Buffer
	cmd.Stdout = &stdout
	err = cmd.Run()
	return stdout.String(), err
}

func TestGroup(t *testing.T) {
	for _, role := range []string{"gather", "share", "interrupt"} {
		if out, err := job(t, role); err != nil || out != "" {
			t.Errorf("%s: %v\n%s", role, err, out)
		}
	}
}

// TestEnd: one line tells of a failure, whether all ranks have it or one alone.
func TestEnd(t *testing.T) {
	for role, want := range map[string]string{
		"fail":   "failure of rank 0\n",
		"fail-1": "a failure (rank 1 on ",
		"bounds": "mpi: gather of 5 bytes among 3 ranks with the bounds [0 1 2 3]: want 4 that ascend from 0 to the end\n",
	} {
		began := time.Now()
		out, err := job(t, role)
		if err == nil || !strings.HasPrefix(out, want) || strings.Count(out, "\n") != 1 {
			t.Errorf("%s: error %v, output %q, want %q", role, err, out, want)
		}
		if d := time.Since(began); d > 10*time.Second {
			t.Errorf("%s: it took %v", role, d)
		}
	}
}
