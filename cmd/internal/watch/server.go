// Package watch serves a page on which runs are seen as they learn, and models are
// played with. It reads what a run writes in its folder, and writes nothing.
package watch

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"github.com/targetprop/targetprop/kernels"
)

// DefaultAddress is where the page is served: the loopback only. If the port is
// taken another one is.
const DefaultAddress = "127.0.0.1:7117"

// Server is a page at work.
type Server struct {
	URL string

	listener net.Listener
	http     *http.Server
}

// Listen takes an address for a page, as host:port, :port or port. It is for before the
// work, and for before anything is written: an address may be taken or be none.
func Listen(address string) (net.Listener, error) {
	host, port, err := splitAddress(address)
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", net.JoinHostPort(host, port))
	if errors.Is(err, syscall.EADDRINUSE) && address == DefaultAddress {
		l, err = net.Listen("tcp", net.JoinHostPort(host, "0"))
	}
	return l, err
}

// New is the page of runs in the folders, on an address that Listen has taken. A folder may
// hold a run or folders of runs. The engine does what the playground asks for.
func New(l net.Listener, folders []string, e *kernels.Engine) *Server {
	token := rand.Text()
	s := &Server{listener: limit(l, mostConnections), URL: "http://" + shownAddress(l.Addr()) + "/" + token + "/"}
	s.http = &http.Server{
		Handler:           guard(token, isLoopback(l.Addr()), routes(newRuns(folders), newPlayground(e))),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      time.Minute,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          log.New(io.Discard, "", 0), // what strangers send is not for the terminal
	}
	return s
}

// Serve serves until ctx ends.
func (s *Server) Serve(ctx context.Context) error {
	s.http.BaseContext = func(net.Listener) context.Context { return ctx }
	stop := context.AfterFunc(ctx, func() {
		soon, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if s.http.Shutdown(soon) != nil {
			_ = s.http.Close()
		}
	})
	defer stop()
	if err := s.http.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// splitAddress understands host:port, :port and port. Without a host it is the
// loopback: to serve others somebody has to name an address.
func splitAddress(address string) (host, port string, err error) {
	if !strings.Contains(address, ":") {
		address = ":" + address
	}
	host, port, err = net.SplitHostPort(address)
	if err != nil {
		return "", "", fmt.Errorf("%s is no address to serve a page on: want host:port or a port", address)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	return host, port, nil
}

// isLoopback tells whether only this machine reaches the address.
func isLoopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// shownAddress is the address for a browser: that of all networks is none.
func shownAddress(a net.Addr) string {
	if tcp, ok := a.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", fmt.Sprint(tcp.Port))
	}
	return a.String()
}
