package watch

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/targetprop/targetprop/kernels"
)

// playground does with models what the page asks for, one thing at a time.
type playground struct {
	engine *kernels.Engine
	busy   chan struct{} // has room for one
	queue  chan struct{} // and for those that wait

	mu     sync.Mutex
	loaded map[*folder]*player
}

// Bounds of what pages may ask for at once.
const (
	waiting   = 8
	longest   = 20 * time.Second // of an action
	mostBytes = 4 << 20          // of a request
	mostKept  = 4                // models in memory
)

func newPlayground(e *kernels.Engine) *playground {
	return &playground{engine: e, busy: make(chan struct{}, 1), queue: make(chan struct{}, waiting), loaded: map[*folder]*player{}}
}

// serve does an action. Its answers are lines of JSON.
func (p *playground) serve(w http.ResponseWriter, req *http.Request, f *folder, act action) {
	select {
	case p.queue <- struct{}{}:
		defer func() { <-p.queue }()
	default:
		http.Error(w, "too much at once", http.StatusTooManyRequests)
		return
	}
	var asked request
	body := http.MaxBytesReader(w, req.Body, mostBytes)
	if err := json.NewDecoder(body).Decode(&asked); err != nil {
		http.Error(w, "the request is no JSON of the kind that this page sends, or too long", http.StatusBadRequest)
		return
	}
	ctx, cancel := context.WithTimeout(req.Context(), longest)
	defer cancel()
	select {
	case p.busy <- struct{}{}:
		defer func() { <-p.busy }()
	case <-ctx.Done():
		return
	}
	began, sent := time.Now(), false
	lines, control := json.NewEncoder(w), http.NewResponseController(w)
	model, err := p.player(f)
	if err == nil {
		err = act(model, ctx, p.engine, asked, func(r reply) error {
			w.Header().Set("Content-Type", "application/x-ndjson")
			r.Millis = float64(time.Since(began).Microseconds()) / 1000
			if err := lines.Encode(r); err != nil {
				return err
			}
			sent = true
			return control.Flush()
		})
	}
	switch {
	case err == nil || sent || ctx.Err() != nil: // once a line is sent the status is
	case errors.As(err, new(badRequest)):
		http.Error(w, err.Error(), http.StatusBadRequest)
	default:
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
	}
}

// player is the model of a run, as it is now.
func (p *playground) player(f *folder) (*player, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	had := p.loaded[f]
	if had != nil && had.fresh() {
		return had, nil
	}
	now, err := load(f)
	if err != nil {
		if had != nil {
			return had, nil // the file is being replaced
		}
		return nil, err
	}
	if had == nil && len(p.loaded) >= mostKept {
		clear(p.loaded)
	}
	p.loaded[f] = now
	return now, nil
}
