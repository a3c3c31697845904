package together

import (
	"encoding/json"
	"fmt"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/model"
)

// Fact is something that is the same in all processes of a group.
type Fact struct{ Name, Value string }

// Agree fails, in all processes alike, unless all have the same facts in the
// same order. When it returns in one, all have come so far.
func Agree(g model.Group, facts ...Fact) error {
	if g == nil || g.Size() == 1 {
		return nil
	}
	text, err := json.Marshal(facts)
	if err != nil {
		return err
	}
	all, err := exchange(g, text)
	if err != nil {
		return err
	}
	var first []Fact
	for r, text := range all {
		var here []Fact
		if err := json.Unmarshal(text, &here); err != nil {
			return fmt.Errorf("rank %d sent no facts: is it of another version?: %w", r, err)
		}
		if r == 0 {
			first = here
		}
		for i := range max(len(first), len(here)) {
			if i >= len(first) || i >= len(here) || first[i] != here[i] {
				return cli.Usagef("the ranks differ: %s in rank 0, %s in rank %d; start all with the same program, flags and data", at(first, i), at(here, i), r)
			}
		}
	}
	return nil
}

// at is fact i in words.
func at(facts []Fact, i int) string {
	if i >= len(facts) {
		return "nothing"
	}
	return facts[i].Name + " " + facts[i].Value
}

// exchange is the texts of all ranks.
func exchange(g model.Group, text []byte) ([][]byte, error) {
	const digits = 8
	lengths, bounds := make([]byte, digits*g.Size()), make([]int, g.Size()+1)
	for r := range bounds {
		bounds[r] = digits * r
	}
	copy(lengths[bounds[g.Rank()]:], fmt.Sprintf("%08d", len(text)))
	if err := g.Gather(lengths, bounds); err != nil {
		return nil, err
	}
	for r := range g.Size() {
		var n int
		if _, err := fmt.Sscanf(string(lengths[digits*r:][:digits]), "%d", &n); err != nil {
			return nil, fmt.Errorf("rank %d sent no length: %w", r, err)
		}
		bounds[r+1] = bounds[r] + n
	}
	data := make([]byte, bounds[g.Size()])
	copy(data[bounds[g.Rank()]:], text)
	if err := g.Gather(data, bounds); err != nil {
		return nil, err
	}
	all := make([][]byte, g.Size())
	for r := range all {
		all[r] = data[bounds[r]:bounds[r+1]]
	}
	return all, nil
}
