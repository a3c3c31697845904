package experiment

// Verdict is what became of a claim in this run.
type Verdict string

// The verdicts.
const (
	Reproduced    Verdict = "reproduced"
	Conditionally Verdict = "reproduced under a condition"
	NotReproduced Verdict = "not reproduced"
)

// Claim is a claim of the paper, and what this run's figures say about it. The JSON names
// are a promise to users.
type Claim struct {
	Claim     string  `json:"claim"`
	Criterion string  `json:"criterion"` // by which it is judged
	Measured  string  `json:"measured"`
	Verdict   Verdict `json:"verdict"`
	Condition string  `json:"condition,omitempty"` // under which it holds
}

// Judge sets the verdict: reproduced if plainly so, else under the condition if
// it holds there.
func (c *Claim) Judge(plainly, there bool, condition string) {
	switch {
	case plainly:
		c.Verdict = Reproduced
	case there:
		c.Verdict, c.Condition = Conditionally, condition
	default:
		c.Verdict = NotReproduced
	}
}
