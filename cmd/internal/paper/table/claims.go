package table

import (
	"fmt"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/evaluate"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/internal/stat"
)

// Claims are what the rows judge.
var Claims = []experiment.Judge{llClaim, olderClaim, directedClaim, samplesClaim}

// llClaim judges the published log-likelihood of GENERATE.
func llClaim(c *experiment.Context, kept experiment.Records) (experiment.Claim, bool) {
	rows := rowsOf(c, kept)
	claim := experiment.Claim{
		Claim:     fmt.Sprintf("Samples of GENERATE have a Parzen log-likelihood of %g on MNIST.", publishedLL),
		Criterion: "On MNIST with 10,000 samples, the log-likelihood is at least the published one at both scales of the prior. Under a condition: at one of them, or on other data.",
	}
	wide, ok := find(rows, evaluate.Generate, evaluate.PriorScales[0])
	narrow, ok2 := find(rows, evaluate.Generate, evaluate.PriorScales[1])
	if !ok || !ok2 {
		return claim, false
	}
	claim.Measured = fmt.Sprintf("%.1f +- %.1f with the prior's standard deviation x 4, as in the authors' code; %.1f +- %.1f with x 2, as in the paper.", wide.LL, wide.StdErr, narrow.LL, narrow.StdErr)
	if train, ok := find(rows, evaluate.TrainingImages, 0); ok {
		claim.Measured += fmt.Sprintf(" True training images have %.1f.", train.LL)
	}
	var conditions []string
	if setting := settingOf(c); setting != "" {
		conditions = append(conditions, setting)
	}
	a, b := wide.LL >= publishedLL, narrow.LL >= publishedLL
	switch {
	case a && !b:
		conditions = append(conditions, "with the prior's standard deviation x 4 (the authors' code), not x 2 (the paper)")
	case b && !a:
		conditions = append(conditions, "with the prior's standard deviation x 2 (the paper), not x 4 (the authors' code)")
	}
	claim.Judge(a && b && len(conditions) == 0, a || b, strings.Join(conditions, ", "))
	if claim.Verdict == experiment.NotReproduced && settingOf(c) != "" {
		claim.Measured += " This run is " + settingOf(c) + ", and the published number is of all of MNIST."
	}
	return claim, true
}

// olderClaim judges the comparison with the methods before it.
func olderClaim(c *experiment.Context, kept experiment.Records) (experiment.Claim, bool) {
	rows := rowsOf(c, kept)
	claim := experiment.Claim{
		Claim:     "The log-likelihood is higher than that of the deep belief network (138), the stacked contractive auto-encoder (121), the deep GSN (214) and the GAN (225).",
		Criterion: "The better of the two scales of the prior is above all four published numbers, by more than 2 standard errors, on MNIST with 10,000 samples. Under a condition: on other data. The k-means centres' row says how little this shows.",
	}
	best, ok := find(rows, evaluate.Generate, evaluate.PriorScales[0])
	other, ok2 := find(rows, evaluate.Generate, evaluate.PriorScales[1])
	if !ok || !ok2 {
		return claim, false
	}
	if other.LL > best.LL {
		best = other
	}
	above := true
	for _, p := range published {
		above = above && (!p.older || stat.Apart(best.LL-p.value, best.StdErr, 0))
	}
	claim.Measured = fmt.Sprintf("%.1f +- %.1f (%s).", best.LL, best.StdErr, best.scale())
	if centres, ok := find(rows, evaluate.KMeansCentres, 0); ok {
		relation := "less than the model"
		if centres.LL > best.LL {
			relation = "more than the model, though they generate nothing"
		}
		claim.Measured += fmt.Sprintf(" k-means centres have %.1f, %s.", centres.LL, relation)
	}
	setting := settingOf(c)
	claim.Judge(above && setting == "", above, setting)
	return claim, true
}

// directedClaim judges what the rounds of inference are worth.
func directedClaim(c *experiment.Context, kept experiment.Records) (experiment.Claim, bool) {
	rows := rowsOf(c, kept)
	claim := experiment.Claim{
		Claim:     fmt.Sprintf("GENERATE's rounds of inference are worth much: %g against %g for directed samples.", publishedLL, publishedDirected),
		Criterion: "At both scales of the prior, GENERATE's log-likelihood is above that of directed samples by more than 2 standard errors of both. Under a condition: at one of them.",
	}
	var good, bad, measured []string
	for _, scale := range evaluate.PriorScales {
		g, ok := find(rows, evaluate.Generate, scale)
		d, ok2 := find(rows, evaluate.Directed, scale)
		if !ok || !ok2 {
			return claim, false
		}
		measured = append(measured, fmt.Sprintf("%s: GENERATE %.1f, directed %.1f, difference %.1f (published 110)", g.scale(), g.LL, d.LL, g.LL-d.LL))
		if stat.Apart(g.LL-d.LL, g.StdErr, d.StdErr) {
			good = append(good, g.scale())
		} else {
			bad = append(bad, g.scale())
		}
	}
	claim.Measured = strings.Join(measured, "; ") + "."
	claim.Judge(len(bad) == 0, len(good) > 0, "with the prior's "+strings.Join(good, " and ")+", not with "+strings.Join(bad, " and "))
	return claim, true
}

// reaches tells whether a share is a part of another, which has to be more than nothing.
func reaches(share, other float64, part float64) bool { return other > 0 && part*share >= other }

// samplesClaim judges Figure 3 by the volume that images fill.
func samplesClaim(c *experiment.Context, kept experiment.Records) (experiment.Claim, bool) {
	rows := rowsOf(c, kept)
	claim := experiment.Claim{
		Claim:     "Samples of GENERATE look like the training images (Figure 3).",
		Criterion: "At a scale of the prior, at least half as many samples as true training images lie within the volume of the test images (precision), and at least half as many test images within that of the samples (recall). Under a condition: with a recall of at least a tenth of theirs.",
	}
	train, ok := find(rows, evaluate.TrainingImages, 0)
	if !ok || train.Quality == nil {
		return claim, false
	}
	both, precise := "", ""
	var measured []string
	for _, scale := range evaluate.PriorScales {
		g, ok := find(rows, evaluate.Generate, scale)
		if !ok || g.Quality == nil {
			return claim, false
		}
		measured = append(measured, fmt.Sprintf("%s: precision %.0f %%, recall %.0f %%, near copies %.1f %%", g.scale(), 100*g.Quality.Precision, 100*g.Quality.Recall, 100*g.Quality.Copies))
		if reaches(g.Quality.Precision, train.Quality.Precision, 2) {
			if reaches(g.Quality.Recall, train.Quality.Recall, 10) {
				precise = g.scale()
			}
			if reaches(g.Quality.Recall, train.Quality.Recall, 2) {
				both = g.scale()
			}
		}
	}
	claim.Measured = fmt.Sprintf("%s; training images: precision %.0f %%, recall %.0f %%.", strings.Join(measured, "; "), 100*train.Quality.Precision, 100*train.Quality.Recall)
	claim.Judge(both != "", precise != "", "precise with the prior's "+precise+", but without half of the variety")
	return claim, true
}
