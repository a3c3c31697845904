package main

import (
	doc "github.com/targetprop/targetprop/internal/report"
)

// verdict is what became of a claim in this run.
type verdict string

const (
	reproduced    verdict = "reproduced"
	conditionally verdict = "reproduced under a condition"
	notReproduced verdict = "not reproduced"
)

// claim is a claim of the paper, and what this run's figures say about it.
type claim struct {
	Claim     string
	Criterion string // by which it is judged
	Measured  string
	Verdict   verdict
	Condition string // under which it holds
}

// judge sets the verdict: reproduced if plainly so, else under the condition if
// it holds there.
func (c *claim) judge(plainly, there bool, condition string) {
	switch {
	case plainly:
		c.Verdict = reproduced
	case there:
		c.Verdict, c.Condition = conditionally, condition
	default:
		c.Verdict = notReproduced
	}
}

// claims are all claims that the parts at hand can judge.
func (r *reproduction) claims() []claim {
	var all []claim
	for _, judge := range []func() (claim, bool){
		r.claimFigure1, r.claimAgreement, r.claimFigure4, r.claimFigure5, r.claimLL, r.claimOlder, r.claimDirected, r.claimSamples, r.claimAlgorithm1,
	} {
		if c, ok := judge(); ok {
			all = append(all, c)
		}
	}
	return all
}

func (r *reproduction) sectionClaims() doc.Section {
	s := doc.Section{ID: "claims", Title: "The paper's claims"}
	s.Add(doc.Paragraph("Each claim is judged by a criterion that the program applies to the numbers of this run. A different run may come to other verdicts."))
	t := doc.Table{Header: []string{"claim", "verdict", "what was measured", "criterion"}, Text: []int{1, 2, 3}}
	for _, c := range r.claims() {
		text := string(c.Verdict)
		if c.Condition != "" {
			text += ": " + c.Condition
		}
		t.Rows = append(t.Rows, []string{c.Claim, text, c.Measured, c.Criterion})
	}
	if len(t.Rows) == 0 {
		s.Add(doc.Paragraph("No part that judges a claim has been made yet."))
		return s
	}
	s.Add(t)
	return s
}
