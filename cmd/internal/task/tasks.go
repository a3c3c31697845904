package task

import (
	"slices"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/model"
)

// All are all tasks, the default first.
func All() []Task { return []Task{Generate, Label, Classify, Reward} }

// Names are those of all tasks.
func Names() []string {
	var names []string
	for _, t := range All() {
		names = append(names, t.Name)
	}
	return names
}

// Parse finds the task of a name.
func Parse(name string) (Task, error) {
	for _, t := range All() {
		if t.Name == name {
			return t, nil
		}
	}
	return Task{}, cli.Usagef("--task %s: want one of %s", name, strings.Join(Names(), ", "))
}

// Of is the task that wrote the checkpoint.
func Of(path string) (Task, error) {
	name, err := modelfile.TaskOf(path)
	if err != nil {
		return Task{}, err
	}
	return Parse(name)
}

// Settings are the defaults of all tasks.
func Settings(source string) []settings.Settings {
	var all []settings.Settings
	for _, t := range All() {
		all = append(all, t.Default(source, nil))
	}
	return all
}

// Check refuses settings of other tasks, and a group that can not train together.
func (t Task) Check(given settings.Given, g model.Group) error {
	if !t.Divides {
		if err := together.Alone(g, "--task "+t.Name); err != nil {
			return err
		}
	}
	for _, g := range given {
		with := namesWith(g.Name)
		if !slices.Contains(with, t.Name) {
			return cli.Usagef("--%s goes with --task %s, not with --task %s", g.Name, strings.Join(with, " or "), t.Name)
		}
	}
	return nil
}

// namesWith are the tasks that have a setting.
func namesWith(setting string) []string {
	var with []string
	for _, t := range All() {
		if settings.Flags(t.Default("", nil)).Lookup(setting) != nil {
			with = append(with, t.Name)
		}
	}
	return with
}
