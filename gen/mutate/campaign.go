package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"
)

// campaign is one run of the command.
type campaign struct {
	in   *regexp.Regexp
	only *regexp.Regexp
	seed uint64
	each int
	list bool

	killed, survived int
}

func (c *campaign) run(root string, isas []string) error {
	w, err := newWorkspace(root, isas)
	if err != nil {
		return err
	}
	defer w.remove()
	files, err := w.read()
	if err != nil {
		return err
	}
	files = slices.DeleteFunc(files, func(f *source) bool { return !c.in.MatchString(f.name) || !slices.ContainsFunc(f.groups(), c.wants) })
	if !c.list {
		if err := w.baseline(files); err != nil {
			return err
		}
	}
	for _, f := range files {
		for _, g := range f.groups() {
			if !c.wants(g) {
				continue
			}
			if err := c.change(w, g); err != nil {
				return fmt.Errorf("%s, %s: %w", f.name, g.name, err)
			}
		}
	}
	if !c.list {
		fmt.Printf("%d changes: %d killed, %d survived\n", c.killed+c.survived, c.killed, c.survived)
	}
	return nil
}

// wants tells whether the group is asked for.
func (c *campaign) wants(g group) bool { return c.only.MatchString(g.name) }

// change tries changes of the group until there were enough that assemble.
func (c *campaign) change(w *workspace, g group) error {
	done := 0
	for _, m := range g.choose(c.seed) {
		if done == c.each {
			return nil
		}
		err := c.try(w, m)
		if errors.Is(err, errNoAssembly) {
			continue // the change is no program
		}
		if err != nil {
			return err
		}
		done++
	}
	if done == 0 {
		return errors.New("no change assembles")
	}
	return nil
}

func (c *campaign) try(w *workspace, m mutation) error {
	if c.list {
		fmt.Println(m)
		return nil
	}
	began := time.Now()
	how, err := w.try(m)
	if err != nil {
		return err
	}
	if how == "" {
		c.survived++
		fmt.Printf("SURVIVED %v: no test fails (%.0f s)\n", m, time.Since(began).Seconds())
		return nil
	}
	c.killed++
	fmt.Printf("killed   %v: %s (%.0f s)\n", m, how, time.Since(began).Seconds())
	return nil
}
