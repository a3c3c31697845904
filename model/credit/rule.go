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

// Rules are all rules.
func Rules() []Rule {
	var all []Rule
	for r := range rules.Names {
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
