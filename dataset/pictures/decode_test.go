package pictures

import (
	"errors"
	"os"
	"syscall"
	"testing"
)

// TestFailingDisk: a disk that fails is not taken for a picture that is damaged.
func TestFailingDisk(t *testing.T) {
	const failing = "/proc/self/mem" // nothing is at address 0
	if _, err := os.Stat(failing); err != nil {
		t.Skip(err)
	}
	if _, _, err := header(failing); !errors.Is(err, syscall.EIO) {
		t.Errorf("header: %v", err)
	}
	if err := decode(nil, file{path: failing}, shape{}); !errors.Is(err, syscall.EIO) {
		t.Errorf("decode: %v", err)
	}
}
