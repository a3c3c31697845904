package table

import (
	"fmt"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/evaluate"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/internal/report"
	"github.com/targetprop/targetprop/internal/stat"
)

// Section is the tables.
func Section(c *experiment.Context, kept experiment.Records) (report.Section, bool) {
	s := report.Section{Title: "The table: log-likelihood and quality of the samples"}
	rows := rowsOf(c, kept)
	if len(rows) == 0 {
		return s, false
	}
	first := rows[0]
	s.Add(report.Paragraph("Parzen log-likelihood by the published protocol: the width sigma of a Gaussian window on the samples is chosen on validation images, and the test images' mean log-likelihood is reported. "+evaluate.ParzenNote), llTable(c, rows))
	if !c.FullMNIST {
		s.Add(report.Paragraph(fmt.Sprintf("The published numbers are for MNIST: 50,000 training images, 10,000 test images and 10,000 samples. This run has %d, %d and %d of %s, so that they compare loosely at best.",
			c.Set.Train.Len(), first.TestImages, first.result.Samples, data.Name(c.Source))))
	}
	if t, ok := seedTable(c, rows); ok {
		s.Add(t)
	}
	if t, ok := qualityTable(rows); ok {
		s.Add(report.Paragraph("Measures that mean something. Precision is the share of the samples within the volume that test images fill (balls that reach to each one's 3rd nearest neighbour, in pixel space), how many look real; recall is the share of the test images within the volume of the samples, how much of the variety is there. Samples that are means lie close together and away from the grain of images, so that few test images lie in their volume: recall counts that against them. A near copy is a sample closer to some training image than 99 % of the test images are; means are smoother than images and for that reason alone nearer to all of them."), t)
	}
	return s, true
}

// llTable is the log-likelihoods, with the published ones.
func llTable(c *experiment.Context, rows []row) report.Table {
	t := report.Table{
		Caption: fmt.Sprintf("Log-likelihood in nats per test image (%d test and %d validation images) +- standard error; networks of seed %d.", rows[0].TestImages, rows[0].ValidImages, c.Seed()),
		Header:  []string{"samples of", "prior", "samples", "log-likelihood", "sigma", "published", "seed", "seconds"}, Text: []int{1},
	}
	var references [][]string
	for _, r := range rows {
		if r.network != 0 {
			continue
		}
		line := []string{r.title(), r.scale(), fmt.Sprint(r.result.Samples), fmt.Sprintf("%.1f +- %.1f", r.LL, r.StdErr), fmt.Sprintf("%.3f", r.Sigma), r.published(), fmt.Sprint(r.settings.Seed), fmt.Sprintf("%.1f", r.Seconds)}
		if r.Sampling == nil {
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
func seedTable(c *experiment.Context, rows []row) (report.Table, bool) {
	t := report.Table{Caption: fmt.Sprintf("The same over networks trained with different seeds, %d to %d: mean and standard deviation (n-1) of the log-likelihood.", c.Seed(), c.Seed()+uint64(len(c.Networks))-1),
		Header: []string{"samples of", "prior", "networks", "mean", "standard deviation", "each"}}
	for _, name := range []string{evaluate.Generate, evaluate.Directed} {
		for _, scale := range evaluate.PriorScales {
			var lls []float64
			var head row
			each := ""
			for _, r := range rows {
				if r.Row == name && r.Sampling != nil && r.Sampling.PriorScale == scale {
					lls, head = append(lls, r.LL), r
					each += fmt.Sprintf(" %.1f", r.LL)
				}
			}
			if len(lls) < 2 {
				continue
			}
			mean, deviation := stat.MeanDeviation(lls)
			t.Rows = append(t.Rows, []string{head.title(), head.scale(), fmt.Sprint(len(lls)), fmt.Sprintf("%.1f", mean), fmt.Sprintf("%.1f", deviation), each[1:]})
		}
	}
	return t, len(t.Rows) > 0
}

// qualityTable is the measures that mean more.
func qualityTable(rows []row) (report.Table, bool) {
	t := report.Table{Header: []string{"samples of", "prior", "precision", "recall", "near copies", "median distance to training images"}, Text: []int{1}}
	for _, r := range rows {
		q := r.Quality
		if q == nil {
			continue
		}
		t.Caption = fmt.Sprintf("Quality of the samples: precision and recall of %d samples and as many test images; near copies of the %d training images (closer than %.2f, of test images 1 %%; the test images' median distance is %.2f).", q.Images, q.TrainingImages, q.Threshold, q.HeldOutMedian)
		copies := fmt.Sprintf("%.1f %%", 100*q.Copies)
		if r.Row == evaluate.TrainingImages {
			copies = "all, by construction"
		}
		if r.Sampling == nil {
			t.Marked = append(t.Marked, len(t.Rows))
		}
		t.Rows = append(t.Rows, []string{r.title(), r.scale(), fmt.Sprintf("%.1f %%", 100*q.Precision), fmt.Sprintf("%.1f %%", 100*q.Recall), copies, fmt.Sprintf("%.2f", q.Median)})
	}
	return t, len(t.Rows) > 0
}
