package measure

import (
	"encoding/json"
	"hash/fnv"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestSameBits holds every digit of the measures, on every architecture that runs it.
func TestSameBits(t *testing.T) {
	e := modeltest.Engine(t, kernels.Available()[0], 1)
	images, heldOut, samples := cloud(150, 21, 0, 1), cloud(90, 21, 0, 2), cloud(130, 21, 0.01, 3)
	var all []any
	add := func(figure any, err error) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, figure)
	}
	data, others := model.Rows{Matrix: images}, model.Rows{Matrix: heldOut}
	parzen, err := EstimateParzen(t.Context(), e, samples, data, others, nil)
	add(parzen, err)
	pr, err := EstimatePrecisionRecall(t.Context(), e, images, samples, 3, nil)
	add(pr, err)
	threshold, err := EstimateCopyThreshold(t.Context(), e, data, others, nil)
	add(threshold, err)
	copies, err := EstimateCopies(t.Context(), e, samples, data, threshold, nil)
	add(copies, err)
	centres, err := KMeans(t.Context(), e, data, 7, 3, 1, nil)
	add(centres.Data, err)
	add(sigmasAround(0.1), nil)
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	h := fnv.New64a()
	_, _ = h.Write(text)
	if got := h.Sum64(); got != 0x16afe391a8b49ca0 {
		t.Errorf("hash %#x of %s ...", got, text[:300])
	}
}
