package modeltest

import (
	"runtime/debug"
	"strings"
	"sync"
	"testing"

	"github.com/targetprop/targetprop/internal/grouptest"
	"github.com/targetprop/targetprop/model"
)

// LittleMemory fails unless a use that needs more than 64 MB is refused in both processes of a group when that of rank 1 alone has
// less. Its memory becomes little when the other has looked at its own, and gathers.
func LittleMemory(t *testing.T, name string, use func(g model.Group) error) {
	t.Helper()
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1))
	looked := make(chan struct{})
	grouptest.Together(t, 2, func(m grouptest.Member) error {
		var g model.Group = m
		if m.Rank() == 0 {
			g = &looking{Group: m, looked: sync.OnceFunc(func() { close(looked) })}
		} else {
			<-looked
			debug.SetMemoryLimit(64 << 20)
		}
		err := use(g)
		if err == nil || !strings.Contains(err.Error(), "GB of memory") || strings.HasPrefix(err.Error(), "process 1 of the group: ") != (m.Rank() == 0) {
			t.Errorf("%s, rank %d: error %v", name, m.Rank(), err)
		}
		return nil
	})
}

// looking is a group that tells when it gathers.
type looking struct {
	model.Group
	looked func()
}

func (l *looking) Gather(data []byte, bounds []int) error {
	l.looked()
	return l.Group.Gather(data, bounds)
}
