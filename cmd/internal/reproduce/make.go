package reproduce

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/cmd/internal/together"
)

// Make trains what is not trained and makes what is not there.
func (r *Reproduction) Make(ctx context.Context) error {
	if err := r.makeAll(ctx); err != nil {
		return r.explain(ctx, err)
	}
	return nil
}

func (r *Reproduction) makeAll(ctx context.Context) error {
	if together.Writes(r.options.Group) {
		if err := r.check(); err != nil {
			return err
		}
	}
	work := 0
	for _, p := range r.parts {
		if !r.wanted(p) {
			continue
		}
		if !r.take(p) {
			work += p.Work
		}
	}
	for i, t := range r.trainings {
		if !r.needs(i) || t.network.Model != nil {
			continue
		}
		done, err := t.kept()
		if err != nil {
			return err
		}
		work += t.left(done)
	}
	r.progress.bar = cli.NewBar(r.options.Stderr, "", "images", int64(work))
	defer r.progress.bar.Clear()
	for i, t := range r.trainings {
		if r.needs(i) {
			if err := t.train(ctx, &r.progress); err != nil {
				return err
			}
		}
		for _, p := range r.parts {
			if p.Network == i || p.Network == experiment.None && i == 0 {
				if err := r.makePart(ctx, p); err != nil {
					return err
				}
			}
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

// wanted tells whether the part was asked for.
func (r *Reproduction) wanted(p part) bool { return slices.Contains(r.options.Only, p.of) }

// needs tells whether a part that was asked for needs the network.
func (r *Reproduction) needs(network int) bool {
	for _, p := range r.parts {
		if p.Network == network && r.wanted(p) {
			return true
		}
	}
	return false
}

// key is the part's key, if its network is trained.
func (r *Reproduction) key(p part) (key string, settings []byte, ok bool, err error) {
	network := ""
	if p.Network != experiment.None {
		if network = r.context.Networks[p.Network].Digest; network == "" {
			return "", nil, false, nil
		}
	}
	key, settings, err = p.Key(r.looked, network)
	return key, settings, err == nil, err
}

// take takes the part that an earlier run left, if there is one.
func (r *Reproduction) take(p part) bool {
	key, _, ok, err := r.key(p)
	if err != nil || !ok {
		return false
	}
	kept, ok := r.store.Load(p.Name, key)
	if ok {
		r.kept[p.Name] = kept
	}
	return ok
}

// makePart takes the part from an earlier run, or makes it if it is wanted.
func (r *Reproduction) makePart(ctx context.Context, p part) error {
	kept, err := together.Decide(r.options.Group, r.take(p))
	if err != nil {
		return err
	}
	if kept {
		if r.wanted(p) {
			r.progress.bar.Clear()
			fmt.Fprintf(r.options.Stdout, "%-24s kept from before\n", p.Name)
		}
		return nil
	}
	if !r.wanted(p) {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	key, settings, _, err := r.key(p)
	if err != nil {
		return err
	}
	if together.Writes(r.options.Group) {
		if err := r.store.Check(p.Name, key); err != nil {
			return err
		}
	}
	r.progress.bar.Describe(p.Name)
	began := time.Now()
	out, err := p.Run(ctx, func(share float64) {
		r.progress.share(p.Work, share)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", p.Name, err)
	}
	r.progress.end(p.Work)
	made := experiment.Record{
		Part: p.Name, Key: key, Settings: settings, Data: r.digest, Seed: r.context.Seed(), Command: p.Command,
		Seconds: time.Since(began).Seconds(), Machine: r.options.machine(), Version: cli.Version(),
	}
	if p.Network != experiment.None {
		network := r.context.Networks[p.Network]
		made.Model, made.Seed = network.Digest, network.Seed
	}
	if together.Writes(r.options.Group) {
		if err := r.store.Save(&made, out); err != nil {
			return err
		}
	}
	r.kept[p.Name] = made
	r.progress.bar.Clear()
	fmt.Fprintf(r.options.Stdout, "%-24s %6.1f s\n", p.Name, made.Seconds)
	return nil
}
