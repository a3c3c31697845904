package reproduce

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/internal/atomicfile"
)

// checkReports fails if the files of the report could not be written, or are not this program's:
// a report has its parts beside it.
func checkReports(o Options, store experiment.Store) error {
	for _, path := range o.reports() {
		if err := atomicfile.Check(path); err != nil {
			return err
		}
		switch _, err := os.Lstat(path); {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return err
		case !store.Used():
			return fmt.Errorf("%s is there, and no parts of a report are in %s: it is not of this command; move it away, or choose another --out", path, store)
		}
	}
	return nil
}

// check fails if a training or a part that is to be made could not be written, as far as that is
// known before: what is in the way would be met after the work, and after the removal of what an
// older training left.
func (r *Reproduction) check() error {
	for i, t := range r.trainings {
		if t.network.Model != nil || !r.needs(i) {
			continue
		}
		if err := t.network.Dir.Check(t.files()...); err != nil {
			return err
		}
	}
	for _, p := range r.parts {
		if !r.wanted(p) || r.take(p) {
			continue
		}
		if key, _, ok, err := r.key(p); err != nil {
			return err
		} else if !ok {
			continue // that of a network which is not trained yet
		} else if err := r.store.Check(p.Name, key); err != nil {
			return err
		}
	}
	return nil
}

// needs tells whether a part that was asked for needs the network.
func (r *Reproduction) needs(network int) bool {
	for _, p := range r.parts {
		if p.Network == network && r.wanted(p) {
			return true
		}
	}
	return false
}
