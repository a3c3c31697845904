package experiment

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Part is a step of an experiment: its result is kept, and made anew only if
// something that it depends on has changed.
type Part struct {
	Name     string // of its files
	Network  int    // index in Context.Networks of the one it needs, or None
	Settings any    // what the result depends on, besides the data and the network
	Command  string // that makes it, if there is a shorter one than reproduce --only
	Work     int    // in images that go through INFERENCE, about, for the time left
	Run      func(ctx context.Context, progress func(share float64)) (Outcome, error)
}

// None is the network of a part that needs none.
const None = -1

// Outcome is what a part gives: a result that becomes JSON, and files by the
// ends of their names.
type Outcome struct {
	Result any
	Files  map[string][]byte
}

// revision changes with the meaning of results, so that those of older programs
// are not taken for new ones.
const revision = 1

// Key identifies everything that decides a part's result: data and model are
// digests.
func (p Part) Key(data, model string) (key string, settings []byte, err error) {
	if settings, err = json.Marshal(p.Settings); err != nil {
		return "", nil, err
	}
	h := sha256.New()
	fmt.Fprintf(h, "%d %s %s %s %s", revision, p.Name, data, model, settings)
	return hex.EncodeToString(h.Sum(nil))[:12], settings, nil
}
