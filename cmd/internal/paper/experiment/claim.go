package experiment

// Verdict is what became of a claim in this run.
type Verdict string

// The verdicts.
const (
	Reproduced    Verdict = "reproduced"
	Conditionally Verdict = "reproduced under a condition"
	NotReproduced Verdict = "not reproduced"
)

// Claim is a claim of the paper, and what this run's figures say about it.
type Claim struct {
	Claim     string
	Criterion string // by which it is judged
	Measured  string
	Verdict   Verdict
	Condition string // under which it holds
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
