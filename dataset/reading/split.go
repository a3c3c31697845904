package reading

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/dataset"
)

// Split says how many examples in a hundred are for training, validation and test
// where a part is missing, and seeds the draw. The zero value is 80, 10 and 10, with
// the seed 1.
type Split struct {
	Train, Valid, Test float64
	Seed               uint64
	// None says that nothing is drawn: parts that are missing stay empty.
	None bool
}

// ParseSplit reads 80,10,10.
func ParseSplit(text string) (Split, error) {
	fields := strings.Split(text, ",")
	var numbers [3]float64
	bad := len(fields) != 3
	for i := range min(len(fields), 3) {
		n, err := Number(strings.TrimSpace(fields[i]))
		numbers[i], bad = n, bad || err != nil
	}
	s := Split{Train: numbers[0], Valid: numbers[1], Test: numbers[2]}
	if bad || s.validate() != nil || s.isDefault() {
		return Split{}, fmt.Errorf("split %q: want the parts of training, validation and test, as 80,10,10", text)
	}
	return s, nil
}

func (s Split) isDefault() bool { return s.Train == 0 && s.Valid == 0 && s.Test == 0 }

func (s Split) validate() error {
	if s.isDefault() || s.Train > 0 && s.Valid > 0 && s.Test > 0 && s.Train+s.Valid+s.Test < 1e9 {
		return nil
	}
	return fmt.Errorf("split %v,%v,%v: want more than 0 of each part", s.Train, s.Valid, s.Test)
}

// or is the split, or the default.
func (s Split) or() Split {
	if s.isDefault() {
		s.Train, s.Valid, s.Test = 80, 10, 10
	}
	if s.Seed == 0 {
		s.Seed = 1
	}
	return s
}

// String is what ParseSplit reads.
func (s Split) String() string {
	s = s.or()
	return fmt.Sprintf("%g,%g,%g", s.Train, s.Valid, s.Test)
}

// Complete draws the parts that are missing from the training examples, which are in
// a random order then. It says in words what it did, or "".
func (s Split) Complete(set *dataset.Set) (string, error) {
	if err := s.validate(); err != nil {
		return "", err
	}
	if err := set.Check(); err != nil {
		return "", err
	}
	s = s.or()
	n := set.Train.Len()
	if n == 0 {
		return "", fmt.Errorf("no examples to train on")
	}
	if s.None {
		return "", nil
	}
	whole := s.Train
	for _, part := range []struct {
		images dataset.Images
		share  float64
	}{{set.Valid, s.Valid}, {set.Test, s.Test}} {
		if part.images.Len() == 0 {
			whole += part.share
		}
	}
	order := rand.New(rand.NewPCG(s.Seed, 0x5911f)).Perm(n)
	var said []string
	done := *set // an error changes nothing
	for _, part := range []struct {
		images *dataset.Images
		share  float64
		name   string
	}{{&done.Test, s.Test, Test.Name()}, {&done.Valid, s.Valid, Valid.Name()}} {
		if part.images.Len() > 0 {
			continue
		}
		// Measures want two of each part.
		take := max(2, int(float64(n)*part.share/whole))
		switch {
		case len(order) >= take+2:
		case n < 6:
			return "", fmt.Errorf("%d examples in all: want at least 6, of which some are for validation and test", n)
		default:
			return "", fmt.Errorf("the split %v leaves too few of %d examples to train on: want 2 at least", s, n)
		}
		*part.images = set.Train.Pick(slices.Sorted(slices.Values(order[:take])))
		order = order[take:]
		said = append(said, fmt.Sprintf("%d for %s", take, part.name))
	}
	if said == nil {
		return "", nil
	}
	done.Train = set.Train.Pick(slices.Sorted(slices.Values(order)))
	*set = done
	slices.Reverse(said)
	return fmt.Sprintf("%s drawn from the %d training examples (split %v, seed %d)", strings.Join(said, " and "), n, s, s.Seed), nil
}
