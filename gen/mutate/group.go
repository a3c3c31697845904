package main

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
)

// group is the changes of one function, or of the constants of one file.
type group struct {
	name      string
	mutations []mutation
}

// changes are the changes of the line that may be noticed.
func (m mutation) changes() []mutation {
	var all []mutation
	line := m.file.lines[m.line]
	add := func(operator, text string) {
		m := m
		m.operator, m.text = operator, text
		if strings.TrimSpace(text) != strings.TrimSpace(line) && m.excluded() == "" {
			all = append(all, m)
		}
	}
	if m.function == constants {
		add("constant", constant(line))
		return all
	}
	in := parse(line)
	if keep[in.op] {
		return nil
	}
	for name, operator := range operators {
		for _, changed := range operator(in) {
			add(name, changed.String())
		}
	}
	slices.SortFunc(all, func(a, b mutation) int { return strings.Compare(a.operator+a.text, b.operator+b.text) })
	return all
}

var textLine = regexp.MustCompile(`^TEXT ·(\w+)\(SB\)`)

// groups are all changes of the file that are worth a try.
func (s *source) groups() []group {
	var groups []group
	data := group{name: constants}
	function := ""
	for i, line := range s.lines {
		if m := textLine.FindStringSubmatch(line); m != nil {
			function = m[1]
			groups = append(groups, group{name: function})
			continue
		}
		at := mutation{file: s, line: i, function: function}
		if strings.HasPrefix(line, "DATA ") {
			at.function = constants
			data.mutations = append(data.mutations, at.changes()...)
			continue
		}
		if strings.HasPrefix(line, "\t") && function != "" {
			g := &groups[len(groups)-1]
			g.mutations = append(g.mutations, at.changes()...)
		}
	}
	if len(data.mutations) > 0 {
		groups = append(groups, data)
	}
	return slices.DeleteFunc(groups, func(g group) bool { return len(g.mutations) == 0 })
}

// choose puts the changes in an order that depends on the seed and the group
// alone; the first ones are each of another operator, in any order.
func (g group) choose(seed uint64) []mutation {
	h := fnv.New64a()
	fmt.Fprint(h, g.mutations[0].file.name, g.name)
	rng := rand.New(rand.NewPCG(seed, h.Sum64()))
	order := slices.Clone(g.mutations)
	rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	rank := map[string]int{}
	for i, operator := range rng.Perm(len(operators)) {
		rank[slices.Sorted(maps.Keys(operators))[operator]] = i
	}
	turn := map[mutation]int{}
	turns := map[string]int{}
	for _, m := range order {
		turn[m] = turns[m.operator]*len(operators) + rank[m.operator]
		turns[m.operator]++
	}
	slices.SortStableFunc(order, func(a, b mutation) int { return cmp.Compare(turn[a], turn[b]) })
	return order
}
