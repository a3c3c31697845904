package evaluate

import (
	"fmt"
	"io"
)

// Report is the outcome of an [Evaluation]. The JSON names are a promise to
// users.
type Report struct {
	Model            string `json:"model"`
	ModelDigest      string `json:"model_sha256,omitempty"` // see modelfile.Digest
	Data             string `json:"data"`
	Images           string `json:"images_sha256,omitempty"` // see data.DigestOfAll; "" by earlier programs
	Range            string `json:"range_sha256,omitempty"`  // see data.RangeDigest
	ValidationImages int    `json:"validation_images"`       // that chose sigma
	TestImages       int    `json:"test_images"`
	Seed             uint64 `json:"seed"`
	Rows             []Row  `json:"rows"`
	Note             string `json:"note"`
}

// Row is the Parzen estimate of one set of samples.
type Row struct {
	Name       string  `json:"name"`
	Reference  bool    `json:"reference"` // not of the model
	Method     string  `json:"method,omitempty"`
	PriorScale float32 `json:"prior_scale,omitempty"` // factor on the standard deviation
	Samples    int     `json:"samples"`
	LL         float64 `json:"log_likelihood"` // nats per test image
	StdErr     float64 `json:"standard_error"`
	Sigma      float64 `json:"sigma"`
}

// Apart says why the figures of a report do not compare with those of another, or "".
func (r Report) Apart(from Report) string {
	switch {
	case r.Images == "" || from.Images == "":
		return fmt.Sprintf("%s and %s were not both measured by this version, and it is not known whether on the same images, read in the same way: measure both again before you compare their log-likelihoods", r.Model, from.Model)
	case r.Images != from.Images:
		return fmt.Sprintf("%s is measured on other images than %s, %d for test and %d, as its run divided the data otherwise, or others are there now: their log-likelihoods do not compare", r.Model, from.Model, r.TestImages, from.TestImages)
	case r.Range != from.Range:
		return fmt.Sprintf("%s reads the numbers of images in another range than %s, as with --centre: their log-likelihoods are in other units, and do not compare", r.Model, from.Model)
	case len(r.Rows) > 0 && len(from.Rows) > 0 && r.Rows[0].Samples != from.Rows[0].Samples:
		return fmt.Sprintf("%s is measured by %d samples and %s by %d: more give a higher log-likelihood, and these do not compare", r.Model, r.Rows[0].Samples, from.Model, from.Rows[0].Samples)
	}
	return ""
}

// WriteTable writes the report for people.
func (r Report) WriteTable(w io.Writer) {
	fmt.Fprintf(w, "Parzen log-likelihood on the %d test images of %s (sigma chosen on %d validation images)\n\n", r.TestImages, r.Data, r.ValidationImages)
	const columns = "%-30s %8s %9s %11s %7s\n"
	fmt.Fprintf(w, columns, "", "samples", "LL", "std. error", "sigma")
	for _, row := range r.Rows {
		fmt.Fprintf(w, columns, row.title(), fmt.Sprint(row.Samples), fmt.Sprintf("%.1f", row.LL), fmt.Sprintf("%.1f", row.StdErr), fmt.Sprintf("%.3f", row.Sigma))
	}
	fmt.Fprint(w, parzenWords)
}

const parzenWords = `
The measure is known to be poor (Theis et al. 2015, arXiv 1511.01844), which the
two reference rows show: no samples could be better than true training images,
and k-means centres, which generate nothing, can score far above them.
`

// WriteTables writes reports of several models side by side: the log-likelihood and its
// standard error.
func WriteTables(w io.Writer, reports []Report) {
	first := reports[0]
	fmt.Fprintf(w, "Parzen log-likelihood on the %d test images of %s, and its standard error\n\n", first.TestImages, first.Data)
	for i, r := range reports {
		fmt.Fprintf(w, "  %d: %s\n", i+1, r.Model)
	}
	fmt.Fprintf(w, "\n%-26s", "")
	for i := range reports {
		fmt.Fprintf(w, " %16d", i+1)
	}
	fmt.Fprintln(w)
	for i, row := range first.Rows {
		fmt.Fprintf(w, "%-26s", row.title())
		for _, r := range reports {
			fmt.Fprintf(w, " %9.1f ± %-4.1f", r.Rows[i].LL, r.Rows[i].StdErr)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprint(w, parzenWords)
}

func (r Row) title() string {
	switch {
	case !r.Reference:
		return fmt.Sprintf("%s (prior std x %v)", r.Method, r.PriorScale)
	case r.Name == TrainingImages:
		return "reference: training images"
	default:
		return "reference: k-means centres"
	}
}
