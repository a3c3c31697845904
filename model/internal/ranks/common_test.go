package ranks

import (
	"strings"
	"testing"
)

// lying is a group that says and gives what it likes.
type lying struct {
	Alone
	rank, size int
	memory     []byte
}

func (l lying) Rank() int                 { return l.rank }
func (l lying) Size() int                 { return l.size }
func (l lying) Share(int) ([]byte, error) { return l.memory, nil }
func (l lying) Unshare([]byte)            {}

// TestShareThatIsNone: memory in common that is too short, empty or not aligned is refused, and not written behind.
func TestShareThatIsNone(t *testing.T) {
	memory := make([]byte, 1<<10)
	for _, b := range [][]byte{{}, memory[:399], memory[1:401]} {
		if _, err := NewCommon(lying{size: 2, memory: b}, 100); err == nil || !strings.Contains(err.Error(), "Share gave") {
			t.Errorf("%d bytes: error %v", len(b), err)
		}
	}
}

func TestGroupsThatCannotBe(t *testing.T) {
	for want, g := range map[string]Group{
		"a group of 0 processes":                lying{},
		"a group of -1 processes":               lying{size: -1},
		"rank -1 in a group of 2":               lying{rank: -1, size: 2},
		"rank 2 in a group of 2 processes":      lying{rank: 2, size: 2},
		"a group of 2147483647 processes: want": lying{size: 1<<31 - 1},
	} {
		if err := Check(g); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if err := Check(Alone{}); err != nil {
		t.Error(err)
	}
}
