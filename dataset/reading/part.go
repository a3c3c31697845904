package reading

import (
	"fmt"
	"strings"

	"github.com/targetprop/targetprop/dataset"
)

// A Part of a set.
type Part int

// The parts.
const (
	Train Part = iota
	Valid
	Test
)

// partWords are the words in names of files, folders and arrays that say which part
// they are.
var partWords = map[string]Part{
	"train": Train, "training": Train,
	"valid": Valid, "validation": Valid, "val": Valid, "dev": Valid,
	"test": Test, "testing": Test, "t10k": Test,
}

// PartOf is the part that a name says; one that says none is of what is to be split.
func PartOf(name string) (part Part, said bool) {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	for _, w := range words {
		if p, ok := partWords[w]; ok {
			return p, true
		}
	}
	return Train, false
}

// Of is where a part of a set is.
func Of(set *dataset.Set, p Part) *dataset.Images {
	if set == nil || p < Train || p > Test {
		panic(fmt.Sprintf("reading: the %s examples of a set: want a set that is not nil, and a part of it", p.Name()))
	}
	return []*dataset.Images{&set.Train, &set.Valid, &set.Test}[p]
}

// Name is what a part is called.
func (p Part) Name() string {
	if p < Train || p > Test {
		return fmt.Sprintf("Part(%d)", int(p))
	}
	return []string{"training", "validation", "test"}[p]
}
