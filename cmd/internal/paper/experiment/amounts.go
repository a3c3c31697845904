package experiment

import "github.com/targetprop/targetprop/dataset"

// Amounts are how much of what is measured.
type Amounts struct {
	Samples   int // in each row of the table
	Steps     int // of the Markov chains whose ends are in the table
	Fill      int // test images to fill in
	Agreement int // test images on which gradients are compared after each epoch
	Small     int // training images of Algorithm 1
	Epochs    int // of Algorithm 1
}

// AmountsFor are the published amounts where there are any, or those of a short
// run. samples, if positive, are those of the table.
func AmountsFor(short bool, samples int, set dataset.Set) Amounts {
	a := Amounts{Samples: 10000, Steps: 20, Fill: 1000, Agreement: 1000, Small: 5000, Epochs: 10}
	if short {
		a = Amounts{Samples: 1000, Steps: 10, Fill: 100, Agreement: 300, Small: 1000, Epochs: 5}
	}
	if samples > 0 {
		a.Samples = samples
	}
	a.Fill, a.Agreement, a.Small = min(a.Fill, set.Test.Len()), min(a.Agreement, set.Test.Len()), min(a.Small, set.Train.Len())
	return a
}
