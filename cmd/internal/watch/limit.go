package watch

import (
	"net"
	"sync"
)

// mostConnections is how many connections the page has at once; others wait. Each takes one of
// the files that the process may have open, of which a training needs a few: a system gives 1,024,
// some 256. A browser has six.
const mostConnections = 32

// limited is a listener with a bounded number of connections.
type limited struct {
	net.Listener
	free   chan struct{} // has room for a connection
	closed chan struct{}
	once   sync.Once
}

func limit(l net.Listener, n int) *limited {
	return &limited{Listener: l, free: make(chan struct{}, n), closed: make(chan struct{})}
}

// Accept waits until there is room, and then for a connection.
func (l *limited) Accept() (net.Conn, error) {
	select {
	case l.free <- struct{}{}:
	case <-l.closed:
		return nil, net.ErrClosed
	}
	c, err := l.Listener.Accept()
	if err != nil {
		<-l.free
		return nil, err
	}
	return &counted{Conn: c, end: sync.OnceFunc(func() { <-l.free })}, nil
}

// Close ends the waiting too.
func (l *limited) Close() error {
	l.once.Do(func() { close(l.closed) })
	return l.Listener.Close()
}

// counted is a connection that makes room when it is closed.
type counted struct {
	net.Conn
	end func()
}

func (c *counted) Close() error {
	err := c.Conn.Close()
	c.end()
	return err
}
