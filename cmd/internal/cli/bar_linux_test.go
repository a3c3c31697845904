package cli

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// terminal opens a terminal of so many columns. What is written to it comes out at its
// other end.
func terminal(t *testing.T, columns uint16) (end, inside *os.File) {
	t.Helper()
	end, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no pseudoterminals here: ", err)
	}
	t.Cleanup(func() { end.Close() })
	control := func(request uintptr, argument unsafe.Pointer) {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, end.Fd(), request, uintptr(argument)); errno != 0 {
			t.Skip("no pseudoterminals here: ", errno)
		}
	}
	var locked, number int32
	control(syscall.TIOCSPTLCK, unsafe.Pointer(&locked))
	control(syscall.TIOCGPTN, unsafe.Pointer(&number))
	size := [4]uint16{24, columns}
	control(syscall.TIOCSWINSZ, unsafe.Pointer(&size))
	inside, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudoterminals here: ", err)
	}
	t.Cleanup(func() { inside.Close() })
	return end, inside
}

// TestNarrowTerminal: the bar stays in one line, however few columns there are.
func TestNarrowTerminal(t *testing.T) {
	t.Setenv("TERM", "xterm")
	for _, width := range []int{200, 80, 79, 40, 20, 5, 1} {
		end, inside := terminal(t, uint16(width))
		read := make(chan string)
		go func() {
			var all strings.Builder
			for b := make([]byte, 4096); ; {
				n, err := end.Read(b)
				all.Write(b[:n])
				if err != nil || strings.HasSuffix(all.String(), "#") {
					read <- all.String()
					return
				}
			}
		}()
		bar := NewBar(inside, "generate-x4, test", "images", 60000)
		for i := range 4 {
			bar.Add(1000)
			bar.Describe(fmt.Sprintf("kmeans-centres, epoch %d/20", i))
			time.Sleep(110 * time.Millisecond) // it draws ten times a second
		}
		bar.Clear()
		fmt.Fprint(inside, "#")
		got := <-read
		if !strings.Contains(got, "kmeans"[:min(6, max(width-1, 0))]) {
			t.Errorf("%d columns: %q", width, got)
		}
		for line := range strings.SplitSeq(got, "\r") {
			if n := len([]rune(line)); n > width || strings.Contains(line, "\n") {
				t.Errorf("%d columns: a line of %d: %q", width, n, line)
			}
		}
	}
}
