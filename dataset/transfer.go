package dataset

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	neturl "net/url"
	"time"
)

// errRange: the server has nothing from there on, as when the beginning is of
// a longer file.
var errRange = errors.New("server can not resume")

// A transfer is how one file is asked for.
type transfer struct {
	limit    int64         // the most bytes that a server may send
	stall    time.Duration // how long it may send nothing
	progress func(done, total int64)
}

// run makes one request and appends what comes to p. It resumes at the end
// of p if the server can; resumed tells whether it did.
func (t transfer) run(ctx context.Context, p part, url string) (resumed bool, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	// The timer is set back by every byte, so it limits silence, and not the
	// time that a slow line needs for the whole file.
	timer := time.AfterFunc(t.stall, func() { cancel(fmt.Errorf("no data for %v", t.stall)) })
	defer timer.Stop()
	defer func() {
		// HTTP/2 says no more than that the context has ended.
		if err != nil && ctx.Err() != nil {
			err = context.Cause(ctx)
		}
	}()

	offset, err := p.offset()
	if err != nil {
		return false, err
	}
	resp, err := get(ctx, url, offset)
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusOK && offset > 0 { // the whole file, not the rest
		if err := p.reset(); err != nil {
			return false, err
		}
		offset = 0
	}

	total := int64(-1)
	if resp.ContentLength >= 0 {
		total = offset + resp.ContentLength
	}
	if total > t.limit {
		return false, fmt.Errorf("server announces %d bytes, want at most %d", total, t.limit)
	}
	body := &watched{r: io.LimitReader(resp.Body, t.limit-offset+1), seen: func(n int) {
		timer.Reset(t.stall)
		offset += int64(n)
		t.progress(offset, total)
	}}
	resumed = offset > 0
	if _, err := io.Copy(p, body); err != nil {
		return resumed, err
	}
	if offset > t.limit {
		if err := p.reset(); err != nil {
			return false, err
		}
		return false, fmt.Errorf("server sends more than %d bytes", t.limit)
	}
	return resumed, nil
}

// client follows no redirect to an address without TLS.
var client = &http.Client{CheckRedirect: stayEncrypted}

func stayEncrypted(req *http.Request, via []*http.Request) error {
	const most = 10
	switch {
	case len(via) >= most:
		return fmt.Errorf("server redirects %d times", most)
	case via[len(via)-1].URL.Scheme == "https" && req.URL.Scheme != "https":
		return fmt.Errorf("server redirects to %s, which is not encrypted", req.URL)
	}
	return nil
}

// get asks for the bytes from offset on. The answer is 200, the whole file, or
// 206, the rest. A server that gives another part than it was asked for need
// not be told apart here: the check of the whole will.
func get(ctx context.Context, url string, offset int64) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	// Offsets count bytes of the archive, so nobody on the way may pack it.
	req.Header.Set("Accept-Encoding", "identity")
	if offset > 0 {
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-", offset))
	}
	resp, err := client.Do(req)
	if urlErr := (*neturl.Error)(nil); errors.As(err, &urlErr) {
		return nil, urlErr.Err // the caller names the address
	}
	if err != nil {
		return nil, err
	}
	switch resp.StatusCode {
	case http.StatusOK, http.StatusPartialContent:
		return resp, nil
	case http.StatusRequestedRangeNotSatisfiable:
		err = errRange
	default:
		err = fmt.Errorf("server answers %s", resp.Status)
	}
	resp.Body.Close()
	return nil, err
}

// watched reports every read that brought data.
type watched struct {
	r    io.Reader
	seen func(n int)
}

func (w *watched) Read(b []byte) (int, error) {
	n, err := w.r.Read(b)
	if n > 0 {
		w.seen(n)
	}
	return n, err
}
