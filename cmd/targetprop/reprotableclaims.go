package main

import (
	"fmt"
	"math"
	"strings"
)

// settingOf names what is not as published, or nothing.
func (r *reproduction) settingOf() string {
	if r.options.fullMNIST && r.amounts.samples >= 10000 {
		return ""
	}
	return fmt.Sprintf("on %d training and %d test images of %s with %d samples", r.set.Train.Len(), r.set.Test.Len(), dataName(r.options.data), r.amounts.samples)
}

// claimLL judges the published log-likelihood of GENERATE.
func (r *reproduction) claimLL() (claim, bool) {
	c := claim{
		Claim:     fmt.Sprintf("Samples of GENERATE have a Parzen log-likelihood of %g on MNIST.", publishedLL),
		Criterion: "On MNIST with 10,000 samples, the log-likelihood is at least the published one at both scales of the prior. Under a condition: at one of them, or on other data.",
	}
	wide, ok := r.row(methodGenerate, priorScales[0])
	narrow, ok2 := r.row(methodGenerate, priorScales[1])
	if !ok || !ok2 {
		return c, false
	}
	c.Measured = fmt.Sprintf("%.1f +- %.1f with the prior's standard deviation x 4, as in the authors' code; %.1f +- %.1f with x 2, as in the paper.", wide.LL, wide.StdErr, narrow.LL, narrow.StdErr)
	if train, ok := r.row(rowTraining, 0); ok {
		c.Measured += fmt.Sprintf(" True training images have %.1f.", train.LL)
	}
	var conditions []string
	if setting := r.settingOf(); setting != "" {
		conditions = append(conditions, setting)
	}
	a, b := wide.LL >= publishedLL, narrow.LL >= publishedLL
	switch {
	case a && !b:
		conditions = append(conditions, "with the prior's standard deviation x 4 (the authors' code), not x 2 (the paper)")
	case b && !a:
		conditions = append(conditions, "with the prior's standard deviation x 2 (the paper), not x 4 (the authors' code)")
	}
	c.judge(a && b && len(conditions) == 0, a || b, strings.Join(conditions, ", "))
	if c.Verdict == notReproduced && r.settingOf() != "" {
		c.Measured += " This run is " + r.settingOf() + ", and the published number is of all of MNIST."
	}
	return c, true
}

// claimOlder judges the comparison with the methods before it.
func (r *reproduction) claimOlder() (claim, bool) {
	c := claim{
		Claim:     "The log-likelihood is higher than that of the deep belief network (138), the stacked contractive auto-encoder (121), the deep GSN (214) and the GAN (225).",
		Criterion: "The better of the two scales of the prior is above all four published numbers, by more than 2 standard errors, on MNIST with 10,000 samples. Under a condition: on other data. The k-means centres' row says how little this shows.",
	}
	best, ok := r.row(methodGenerate, priorScales[0])
	other, ok2 := r.row(methodGenerate, priorScales[1])
	if !ok || !ok2 {
		return c, false
	}
	if other.LL > best.LL {
		best = other
	}
	above := true
	for _, p := range published {
		above = above && (!p.older || best.LL-2*best.StdErr > p.value)
	}
	c.Measured = fmt.Sprintf("%.1f +- %.1f (%s).", best.LL, best.StdErr, best.scale())
	if centres, ok := r.row(rowKMeans, 0); ok {
		relation := "less than the model"
		if centres.LL > best.LL {
			relation = "more than the model, though they generate nothing"
		}
		c.Measured += fmt.Sprintf(" k-means centres have %.1f, %s.", centres.LL, relation)
	}
	setting := r.settingOf()
	c.judge(above && setting == "", above, setting)
	return c, true
}

// claimDirected judges what the rounds of inference are worth.
func (r *reproduction) claimDirected() (claim, bool) {
	c := claim{
		Claim:     fmt.Sprintf("GENERATE's rounds of inference are worth much: %g against %g for directed samples.", publishedLL, publishedDirected),
		Criterion: "At both scales of the prior, GENERATE's log-likelihood is above that of directed samples by more than 2 standard errors of both. Under a condition: at one of them.",
	}
	var good, bad, measured []string
	for _, scale := range priorScales {
		g, ok := r.row(methodGenerate, scale)
		d, ok2 := r.row(methodDirected, scale)
		if !ok || !ok2 {
			return c, false
		}
		measured = append(measured, fmt.Sprintf("%s: GENERATE %.1f, directed %.1f, difference %.1f (published 110)", g.scale(), g.LL, d.LL, g.LL-d.LL))
		if g.LL-d.LL > 2*math.Hypot(g.StdErr, d.StdErr) {
			good = append(good, g.scale())
		} else {
			bad = append(bad, g.scale())
		}
	}
	c.Measured = strings.Join(measured, "; ") + "."
	c.judge(len(bad) == 0, len(good) > 0, "with the prior's "+strings.Join(good, " and ")+", not with "+strings.Join(bad, " and "))
	return c, true
}

// claimSamples judges Figure 3 by the volume that images fill.
func (r *reproduction) claimSamples() (claim, bool) {
	c := claim{
		Claim:     "Samples of GENERATE look like the training images (Figure 3).",
		Criterion: "At a scale of the prior, at least half as many samples as true training images lie within the volume of the test images (precision), and at least half as many test images within that of the samples (recall). Under a condition: with a recall of at least a tenth of theirs.",
	}
	train, ok := r.row(rowTraining, 0)
	if !ok || train.Quality == nil {
		return c, false
	}
	both, precise := "", ""
	var measured []string
	for _, scale := range priorScales {
		g, ok := r.row(methodGenerate, scale)
		if !ok || g.Quality == nil {
			return c, false
		}
		measured = append(measured, fmt.Sprintf("%s: precision %.0f %%, recall %.0f %%, near copies %.1f %%", g.scale(), 100*g.Quality.Precision, 100*g.Quality.Recall, 100*g.Quality.Copies))
		if 2*g.Quality.Precision >= train.Quality.Precision {
			if 10*g.Quality.Recall >= train.Quality.Recall {
				precise = g.scale()
			}
			if 2*g.Quality.Recall >= train.Quality.Recall {
				both = g.scale()
			}
		}
	}
	c.Measured = fmt.Sprintf("%s; training images: precision %.0f %%, recall %.0f %%.", strings.Join(measured, "; "), 100*train.Quality.Precision, 100*train.Quality.Recall)
	c.judge(both != "", precise != "", "precise with the prior's "+precise+", but without half of the variety")
	return c, true
}
