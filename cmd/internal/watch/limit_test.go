package watch

import (
	"errors"
	"net"
	"testing"
	"time"
)

// TestConnections: there are so many connections at once, whoever opens them, and the next comes
// when one has ended.
func TestConnections(t *testing.T) {
	inner, err := Listen("0")
	if err != nil {
		t.Fatal(err)
	}
	l := New(inner, nil, nil).listener
	defer l.Close()
	accepted := make(chan net.Conn, 2*mostConnections)
	ended := make(chan error, 1)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				ended <- err
				return
			}
			accepted <- c
		}
	}()
	for range mostConnections + 5 {
		c, err := net.Dial("tcp", inner.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
	}
	var first net.Conn
	for range mostConnections {
		first = <-accepted
	}
	select {
	case <-accepted:
		t.Errorf("more than %d at once", mostConnections)
	case <-time.After(100 * time.Millisecond):
	}
	for range 2 { // a second time makes no more room
		_ = first.Close()
	}
	<-accepted
	select {
	case <-accepted:
		t.Error("two came in place of one")
	case <-time.After(100 * time.Millisecond):
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	if err := <-ended; !errors.Is(err, net.ErrClosed) {
		t.Errorf("who waits for room when the page ends gets %v", err)
	}
}
