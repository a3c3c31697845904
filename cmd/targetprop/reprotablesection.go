package main

import (
	"fmt"
	"math"
	"slices"

	doc "github.com/targetprop/targetprop/internal/report"
)

// The published numbers.
const (
	publishedLL       = 236.0
	publishedDirected = 126.0
)

// published are log-likelihoods of other methods on MNIST, by the same measure.
var published = []struct {
	name, ll string
	value    float64
	older    bool // than the paper
}{
	{"deep belief network (Bengio et al. 2013)", "138 +- 2", 138, true},
	{"stacked contractive auto-encoder (Bengio et al. 2013)", "121 +- 1.6", 121, true},
	{"deep GSN (Bengio et al. 2014)", "214 +- 1.1", 214, true},
	{"generative adversarial network (Goodfellow et al. 2014)", "225 +- 2", 225, true},
	{"adversarial auto-encoder (Makhzani et al. 2015)", "340 +- 2", 340, false},
}

// tableRow is a row of the table that is there.
type tableRow struct {
	record
	tableSettings
	tableResult
	seedIndex int
}

// tableRows are the rows at hand, in order.
func (r *reproduction) tableRows() []tableRow {
	var rows []tableRow
	for _, p := range r.parts {
		rec, ok := r.records[p.name]
		if !ok || p.group != groupTable {
			continue
		}
		row := tableRow{record: rec}
		if rec.decode(&row.tableResult) != nil || decodeSettings(rec, &row.tableSettings) != nil {
			continue
		}
		row.seedIndex = slices.IndexFunc(r.seeds, func(s *seedRun) bool { return s.seed == row.tableSettings.Seed })
		rows = append(rows, row)
	}
	return rows
}

// row is the first network's row of a sampler at a scale of the prior.
func (r *reproduction) row(name string, scale float32) (tableRow, bool) {
	for _, row := range r.tableRows() {
		if row.seedIndex == 0 && row.Row == name && (row.Sampling == nil || row.Sampling.PriorScale == scale) {
			return row, true
		}
	}
	return tableRow{}, false
}

func (r tableRow) title() string {
	switch {
	case r.Row == rowTraining:
		return "reference: true training images"
	case r.Row == rowKMeans:
		return "reference: k-means centres"
	case r.Walking != nil:
		return fmt.Sprintf("%s chain, %d steps", r.Row, r.Walking.Steps)
	case r.Row == methodGenerate:
		return "GENERATE"
	}
	return r.Row
}

func (r tableRow) scale() string {
	if r.Sampling == nil {
		return ""
	}
	return fmt.Sprintf("std\u00a0x\u00a0%g", r.Sampling.PriorScale)
}

// publishedFor is the paper's number for a row. It does not say at which scale.
func (r tableRow) published() string {
	switch {
	case r.Walking != nil || r.Sampling == nil:
		return ""
	case r.Row == methodGenerate:
		return fmt.Sprint(publishedLL)
	}
	return fmt.Sprint(publishedDirected)
}

func (r *reproduction) sectionTable() (doc.Section, bool) {
	s := doc.Section{ID: groupTable, Title: "The table: log-likelihood and quality of the samples"}
	rows := r.tableRows()
	if len(rows) == 0 {
		return s, false
	}
	first := rows[0]
	s.Add(doc.Paragraph("Parzen log-likelihood by the published protocol: the width sigma of a Gaussian window on the samples is chosen on validation images, and the test images' mean log-likelihood is reported. "+parzenNote), r.llTable(rows))
	if !r.options.fullMNIST {
		s.Add(doc.Paragraph(fmt.Sprintf("The published numbers are for MNIST: 50,000 training images, 10,000 test images and 10,000 samples. This run has %d, %d and %d of %s, so that they compare loosely at best.",
			r.set.Train.Len(), first.TestImages, first.tableResult.Samples, dataName(r.options.data))))
	}
	if t, ok := r.seedTable(rows); ok {
		s.Add(t)
	}
	if t, ok := qualityTable(rows); ok {
		s.Add(doc.Paragraph("Measures that mean something. Precision is the share of the samples within the volume that test images fill (balls that reach to each one's 3rd nearest neighbour, in pixel space), how many look real; recall is the share of the test images within the volume of the samples, how much of the variety is there. Samples that are means lie close together and away from the grain of images, so that few test images lie in their volume: recall counts that against them. A near copy is a sample closer to some training image than 99 % of the test images are; means are smoother than images and for that reason alone nearer to all of them."), t)
	}
	return s, true
}

func (r *reproduction) llTable(rows []tableRow) doc.Table {
	t := doc.Table{
		Caption: fmt.Sprintf("Log-likelihood in nats per test image (%d test and %d validation images) +- standard error; networks of seed %d.", rows[0].TestImages, rows[0].ValidImages, r.options.training.Seed),
		Header:  []string{"samples of", "prior", "samples", "log-likelihood", "sigma", "published", "seed", "seconds"}, Text: []int{1},
	}
	var references [][]string
	for _, row := range rows {
		if row.seedIndex != 0 {
			continue
		}
		line := []string{row.title(), row.scale(), fmt.Sprint(row.tableResult.Samples), fmt.Sprintf("%.1f +- %.1f", row.LL, row.StdErr), fmt.Sprintf("%.3f", row.Sigma), row.published(), fmt.Sprint(row.tableSettings.Seed), fmt.Sprintf("%.1f", row.Seconds)}
		if row.Sampling == nil {
			references = append(references, line)
		} else {
			t.Rows = append(t.Rows, line)
		}
	}
	for _, line := range references {
		t.Marked = append(t.Marked, len(t.Rows))
		t.Rows = append(t.Rows, line)
	}
	for _, p := range published {
		t.Rows = append(t.Rows, []string{p.name, "", "10000", "", "", p.ll, "", ""})
	}
	return t
}

// seedTable is the spread over the networks.
func (r *reproduction) seedTable(rows []tableRow) (doc.Table, bool) {
	t := doc.Table{Caption: fmt.Sprintf("The same over networks trained with different seeds, %d to %d: mean and standard deviation (n-1) of the log-likelihood.", r.options.training.Seed, r.options.training.Seed+uint64(len(r.seeds))-1),
		Header: []string{"samples of", "prior", "networks", "mean", "standard deviation", "each"}}
	for _, name := range []string{methodGenerate, methodDirected} {
		for _, scale := range priorScales {
			var lls []float64
			var head tableRow
			each := ""
			for _, row := range rows {
				if row.Row == name && row.Sampling != nil && row.Sampling.PriorScale == scale {
					lls, head = append(lls, row.LL), row
					each += fmt.Sprintf(" %.1f", row.LL)
				}
			}
			if len(lls) < 2 {
				continue
			}
			mean, deviation := spread(lls)
			t.Rows = append(t.Rows, []string{head.title(), head.scale(), fmt.Sprint(len(lls)), fmt.Sprintf("%.1f", mean), fmt.Sprintf("%.1f", deviation), each[1:]})
		}
	}
	return t, len(t.Rows) > 0
}

// spread is the mean and the standard deviation of a sample.
func spread(x []float64) (mean, deviation float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		deviation += (v - mean) * (v - mean) / float64(len(x)-1)
	}
	return mean, math.Sqrt(deviation)
}

func qualityTable(rows []tableRow) (doc.Table, bool) {
	t := doc.Table{Header: []string{"samples of", "prior", "precision", "recall", "near copies", "median distance to training images"}, Text: []int{1}}
	for _, row := range rows {
		q := row.Quality
		if q == nil {
			continue
		}
		t.Caption = fmt.Sprintf("Quality of the samples: precision and recall of %d samples and as many test images; near copies of the %d training images (closer than %.2f, of test images 1 %%; the test images' median distance is %.2f).", q.Images, q.TrainingImages, q.Threshold, q.HeldOutMedian)
		copies := fmt.Sprintf("%.1f %%", 100*q.Copies)
		if row.Row == rowTraining {
			copies = "all, by construction"
		}
		if row.Sampling == nil {
			t.Marked = append(t.Marked, len(t.Rows))
		}
		t.Rows = append(t.Rows, []string{row.title(), row.scale(), fmt.Sprintf("%.1f %%", 100*q.Precision), fmt.Sprintf("%.1f %%", 100*q.Recall), copies, fmt.Sprintf("%.2f", q.Median)})
	}
	return t, len(t.Rows) > 0
}
