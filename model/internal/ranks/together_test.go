package ranks

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/targetprop/targetprop/internal/grouptest"
)

// TestTogether: a process that panics, or whose goroutine is ended, does so when the others have an error, after which
// nothing more is gathered.
func TestTogether(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func() error
		want string
		over bool
	}{
		{"error", func() error { return errors.New("no such row") }, "process 1 of the group: no such row", false},
		{"panic", func() error { panic("no row") }, "process 1 of the group: it panicked: no row", true},
		{"panic of nothing", func() error { panic(nil) }, "process 1 of the group: it panicked: panic called with nil argument", true},
		{"exit", func() error { runtime.Goexit(); return nil }, "process 1 of the group: its goroutine was ended", true},
	} {
		grouptest.Together(t, 3, func(g grouptest.Member) error {
			var err error
			var value any
			returned := false
			do := func() error { return nil }
			if g.Rank() == 1 {
				do = c.do
			}
			var wait sync.WaitGroup
			wait.Go(func() {
				defer func() {
					if !returned {
						value = recover()
					}
				}()
				err = All(g, nil, do)
				returned = true
			})
			wait.Wait()
			if g.Rank() == 1 {
				if returned == c.over || strings.Contains(fmt.Sprint(err), "of the group") || (value != nil) != strings.HasPrefix(c.name, "panic") {
					t.Errorf("%s: returned %v with error %v, panic %v", c.name, returned, err, value)
				}
				return nil
			}
			if err == nil || !strings.HasPrefix(err.Error(), c.want) || Over(err) != c.over {
				t.Errorf("%s, rank %d: error %v, over %v", c.name, g.Rank(), err, Over(err))
			}
			return nil
		})
	}
	if err := errors.New("alone"); All(Alone{}, nil, func() error { return err }) != err {
		t.Error("one alone has another error")
	}
}

// TestOver: after a gather that fails nothing more is gathered, whatever came first.
func TestOver(t *testing.T) {
	own := errors.New("own")
	for _, err := range []error{nil, own} {
		got := Agree(failing{}, err, nil)
		if !Over(got) || err != nil && !errors.Is(got, own) || err == nil && !errors.Is(got, errFailing) {
			t.Errorf("%v became %v", err, got)
		}
	}
	if Over(nil) || Over(own) {
		t.Error("an error of one process is over")
	}
}

var errFailing = errors.New("failing")

// failing is a group of two without a connection.
type failing struct{}

func (failing) Rank() int                  { return 0 }
func (failing) Size() int                  { return 2 }
func (failing) Gather([]byte, []int) error { return errFailing }
