package dataset

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
)

// TestExamplesOfNobody: sets that no program makes are refused in words.
func TestExamplesOfNobody(t *testing.T) {
	path := filepath.Join(t.TempDir(), "examples")
	if err := os.WriteFile(path, make([]byte, 20), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, open := range []struct {
		first  int64
		n, dim int
	}{
		{0, -1, 4}, {0, 2, -4}, {-1, 2, 4}, {0, math.MaxInt, 0}, {0, math.MaxInt32, 1 << 30}, {math.MaxInt64, 2, 4}, {20, math.MaxInt32, 1}, {0, math.MaxInt32, 0}, {0, 6, 4},
	} {
		if s, err := Open(path, open.first, open.n, open.dim, true); err == nil || s != nil {
			t.Errorf("%d examples of %d numbers from byte %d on: %v, %v", open.n, open.dim, open.first, s, err)
		}
	}
	stored, err := Open(path, 0, 5, 4, false)
	if err != nil {
		t.Fatal(err)
	}
	defer stored.Close()
	for _, i := range []int{-1, 5, math.MaxInt} {
		if err := (Images{Height: 1, Width: 4, Stored: stored}).Fetch([]int{1, i}); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("example %d of 5", i)) {
			t.Errorf("example %d: error %v", i, err)
		}
	}
	if _, err := (Training{}).Open(0); err == nil {
		t.Error("a shard of the zero Training: no error")
	}
	digits, err := FindTraining(t.Context(), "", Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, shard := range []int{-1, 1, math.MaxInt} {
		if _, err := digits.Open(shard); err == nil {
			t.Errorf("shard %d of 1: no error", shard)
		}
	}
	const half = math.MaxInt/2 + 1
	numbers := []float32{1, 2, 3, 4}
	for want, call := range map[string]func(){
		"2 x 3 pixels with 1 channels, and 4":  func() { Images{Height: 2, Width: 3, Stored: stored}.Read(0, make([]float32, 6)) },
		"and 0 numbers each on disk":           func() { Images{Height: 2, Width: 2, Stored: &Stored{}}.Len() },
		"an example of 4 numbers to 3":         func() { Images{Height: 1, Width: 4, Numbers: numbers}.Read(0, make([]float32, 3)) },
		"1 labels of 2 examples":               func() { Images{Height: 1, Width: 2, Numbers: numbers, Labels: []uint8{1}}.Slice(0, 2) },
		"3 labels of 2 examples":               func() { Images{Height: 1, Width: 2, Numbers: numbers, Labels: []uint8{1, 2, 3}}.Pick([]int{1}) },
		"-1 x 4 pixels":                        func() { Images{Height: -1, Width: 4, Pixels: make([]byte, 8)}.Len() },
		"pixels with 3 channels":               func() { Images{Height: half + 1, Width: 4, Channels: 3}.Dim() },
		"pixels with -3 channels":              func() { Images{Height: 2, Width: 4, Channels: -3}.Dim() },
		fmt.Sprint("2 x 2 pixels with ", half): func() { Images{Height: 2, Width: 2, Channels: half}.Dim() },
		"1073741824 x 1073741824 pixels":       func() { Images{Height: 1 << 30, Width: 1 << 30}.Dim() },
		"a scale of 0 lowest and 0 highest":    func() { Images{Height: 1, Width: 4, Numbers: numbers, Scale: &Scale{}}.Read(0, make([]float32, 4)) },
		"a scale of 1 lowest and 2 highest":    func() { (&Scale{Lo: numbers[:1], Hi: numbers[:2]}).Undo(make([]float32, 4)) },
	} {
		func() {
			defer func() {
				if reason := fmt.Sprint(recover()); !strings.Contains(reason, want) {
					t.Errorf("panic %q, want %q", reason, want)
				}
			}()
			call()
		}()
	}
}

// stuck is a reader that goes on to read nothing.
type stuck struct{ left []byte }

func (s *stuck) Read(p []byte) (int, error) {
	n := copy(p, s.left)
	s.left = s.left[n:]
	return n, nil
}

// TestStuckReader: a reader that gives nothing more and no error is not waited for.
func TestStuckReader(t *testing.T) {
	content := []byte{0, 0, 8, 3, 0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0, 9, 1, 2, 3}
	for n := range len(content) {
		if _, err := ReadImages(&stuck{content[:n]}); err == nil {
			t.Errorf("%d bytes: no error", n)
		}
	}
	var none Reader
	if none.Read(make([]uint8, 1)) == nil || none.Close() == nil {
		t.Error("a Reader that nobody opened: no error")
	}
}

// TestSharedOnDisk: two who fetch examples of one set on disk read what they ask for.
func TestSharedOnDisk(t *testing.T) {
	const n, dim = 64, 50
	content := make([]byte, n*dim)
	for i := range content {
		content[i] = byte(i / dim)
	}
	path := filepath.Join(t.TempDir(), "examples")
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	stored, err := Open(path, 0, n, dim, false)
	if err != nil {
		t.Fatal(err)
	}
	defer stored.Close()
	images := Images{Height: 1, Width: dim, Stored: stored, Scale: &Scale{Lo: []float32{0}, Hi: []float32{1}}}
	images.Scale.open = true
	var all sync.WaitGroup
	for who := range 2 {
		all.Go(func() {
			row := make([]float32, dim)
			for round := range 2000 {
				batch := []int{(round * (3 + who)) % n, (round + 7*who) % n}
				if err := images.Fetch(batch[:1+round%2]); err != nil {
					t.Error(err)
				}
				for _, i := range batch {
					if images.Read(i, row); row[0] != float32(i) || row[dim-1] != float32(i) {
						t.Errorf("example %d is read as %v", i, row[0])
						return
					}
				}
			}
		})
	}
	all.Wait()
}

// TestTooManyPlaces: a file of more examples than their places fit in memory is refused.
func TestTooManyPlaces(t *testing.T) {
	path := filepath.Join(t.TempDir(), "examples")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	const n = 1 << 27
	if err := os.Truncate(path, n); err != nil { // a hole, which takes no space on most disks
		t.Fatal(err)
	}
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(64 << 20))
	// Where an int has 32 bits so many can not be counted.
	if _, err := Open(path, 0, n, 1, false); err == nil || !strings.Contains(err.Error(), "GB of memory") && (math.MaxInt > math.MaxInt32 || !strings.Contains(err.Error(), "want at most 33554431")) {
		t.Errorf("error %v", err)
	}
}
