package credit

import (
	"github.com/targetprop/targetprop/internal/enum"
)

// Rule is a rule of credit assignment.
type Rule uint8

// The rules. Each has a file of its own.
const (
	Backprop          Rule = iota // exact gradients (Rumelhart, Hinton and Williams 1986)
	FeedbackAlignment             // fixed random feedback weights (Lillicrap et al. 2016)
	DirectFeedback                // the same, from the top to each layer (Nøkland 2016)
	DifferenceTargets             // difference target propagation (Lee, Zhang, Fischer and Bengio 2015)
)

var rules = enum.Names[Rule]{Package: "credit", Type: "Rule", Kind: "rule", Names: []string{
	Backprop: "backprop", FeedbackAlignment: "fa", DirectFeedback: "dfa", DifferenceTargets: "dtp",
}}

// makers make what carries a rule out.
var makers = [...]func(p *pass) assigner{
	Backprop: newBackprop, FeedbackAlignment: newFeedbackAlignment, DirectFeedback: newDirectFeedback, DifferenceTargets: newDifferenceTargets,
}

// Rules are all rules.
func Rules() []Rule {
	var all []Rule
	for r := range makers {
		all = append(all, Rule(r))
	}
	return all
}

// String is the name that [ParseRule] reads.
func (r Rule) String() string { return rules.String(r) }

// ParseRule reads the name of a rule.
func ParseRule(name string) (Rule, error) { return rules.Parse(name) }

// MarshalText writes the name.
func (r Rule) MarshalText() ([]byte, error) { return rules.MarshalText(r) }

// UnmarshalText reads the name.
func (r *Rule) UnmarshalText(text []byte) error { return rules.UnmarshalText(r, text) }

// assigner carries a rule out. Its stages find the deltas of the layers below the
// top, from the states and the top's delta of a [pass]. They also find those of the
// maps of its own that learn.
type assigner interface {
	// own are the maps of the rule that learn.
	own() []*layer
	// resize makes the buffers for minibatches of b examples.
	resize(b int)
	// stages is the number of stages.
	stages() int
	// stage is stage s, from 0, for the examples lo to hi-1 of the minibatch. Other
	// threads may be at other examples.
	stage(s, lo, hi int)
}
