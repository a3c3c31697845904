package fill

import (
	"fmt"
	"io"
)

// Report is the outcome of filling in test images. The JSON names are a promise
// to users.
type Report struct {
	Model   string  `json:"model"`
	Data    string  `json:"data"`
	Mask    string  `json:"mask"`
	Images  int     `json:"images"`
	Missing float64 `json:"missing_pixels"` // mean number for an image
	Rounds  int     `json:"rounds"`
	Alpha   float32 `json:"alpha"`
	Seed    uint64  `json:"seed"`
	Picture string  `json:"picture"`
	Rows    []Row   `json:"rows"`
}

// titles are what the ways are called where there is room.
var titles = map[string]string{ByModel: "model", ByMean: "mean of each pixel", ByNearest: "nearest neighbour"}

// WriteTable writes the report for people. pixels are those of an image.
func (r Report) WriteTable(w io.Writer, pixels int) {
	fmt.Fprintf(w, "%d test images of %s, mask %s: on average %.0f of %d pixels missing\n\n", r.Images, r.Data, r.Mask, r.Missing, pixels)
	fmt.Fprintf(w, "%-20s %13s %11s\n", "", "squared error", "std. error")
	for _, row := range r.Rows {
		fmt.Fprintf(w, "%-20s %13.4f %11.4f\n", titles[row.Name], row.Error, row.StdErr)
	}
	fmt.Fprintf(w, "\npicture  %s\n", r.Picture)
}
