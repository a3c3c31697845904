package encode

import (
	"fmt"
	"io"

	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/picture"
)

// Report says what was written. The JSON names are a promise to users.
type Report struct {
	Model      string    `json:"model"`
	Data       string    `json:"data"`
	Part       string    `json:"part"`
	Task       string    `json:"task"`
	Iterations int       `json:"iterations"` // those of a classifier are 0
	Delta      float32   `json:"delta"`
	Alpha      float32   `json:"alpha"`
	File       string    `json:"file"`
	Arrays     []Written `json:"arrays"`
}

// Written is an array in the file.
type Written struct {
	Name  string `json:"name"`
	Shape []int  `json:"shape"`
}

// Wrote adds the arrays.
func (r *Report) Wrote(arrays ...picture.Array) {
	for _, a := range arrays {
		r.Arrays = append(r.Arrays, Written{a.Name, append([]int{a.Rows.Rows}, a.Shape...)})
	}
}

// WriteTable writes the report for people.
func (r Report) WriteTable(w io.Writer) {
	fmt.Fprintf(w, "%s, of the images of %s, %s", r.File, r.Data, r.Part)
	if r.Task == modelfile.Generate || r.Task == modelfile.Label {
		fmt.Fprintf(w, ": inference of %d iterations, delta %v, alpha %v", r.Iterations, r.Delta, r.Alpha)
	}
	fmt.Fprintln(w)
	for _, a := range r.Arrays {
		fmt.Fprintf(w, "  %-16s %v\n", a.Name, a.Shape)
	}
}
