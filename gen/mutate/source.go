package main

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// source is a file of assembly.
type source struct {
	name  string // asm/f32/tile_avx2_amd64.s
	lines []string
}

// mutation is a change of one line.
type mutation struct {
	file     *source
	line     int
	function string // or constants
	operator string
	text     string // the new line; empty drops it
}

func (m mutation) String() string {
	text := m.text
	if text == "" {
		text = "(nothing)"
	}
	return fmt.Sprintf("%s:%d %s, %s: %s -> %s", m.file.name, m.line+1, m.function, m.operator,
		strings.Join(strings.Fields(m.file.lines[m.line]), " "), strings.Join(strings.Fields(text), " "))
}

// constants is the name of the group of a file's DATA lines.
const constants = "constants"

// group is the changes of one function, or of the constants of one file.
type group struct {
	name      string
	mutations []mutation
}

func readSource(root, path string) (*source, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	name, err := filepath.Rel(root, path)
	if err != nil {
		return nil, err
	}
	return &source{name: name, lines: strings.Split(string(text), "\n")}, nil
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
