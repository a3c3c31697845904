package classification

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/model/feedforward"
)

// Report is the outcome for people and programs. The JSON names are a promise to
// users.
type Report struct {
	Model     string   `json:"model"`
	Task      string   `json:"task"` // that the model was trained for
	Data      string   `json:"data"`
	Part      string   `json:"part"`
	Images    int      `json:"images"`
	Classes   []string `json:"classes,omitempty"` // their names, if the model knows them
	Accuracy  *float64 `json:"accuracy"`          // this and the next two are null without labels
	StdErr    *float64 `json:"standard_error"`
	Confusion [][]int  `json:"confusion"` // rows are labels, columns predictions

	Predictions []Prediction `json:"predictions"`
}

// Prediction is the outcome for an image.
type Prediction struct {
	Image     int       `json:"image"`
	Label     *int      `json:"label"` // null without labels
	Predicted int       `json:"predicted"`
	Outputs   []float32 `json:"outputs"` // of the classes: probabilities, or predicted rewards
}

// Report makes the report on a part of the data.
func (c Classification) Report(m modelfile.Classifier, source, part string) Report {
	r := Report{Model: m.Path, Task: m.Task, Data: source, Part: part, Images: c.Images.Len(), Classes: m.Names}
	if c.Labelled() {
		accuracy, stdErr := feedforward.Accuracy(c.Outputs, c.Images.Labels)
		r.Accuracy, r.StdErr, r.Confusion = &accuracy, &stdErr, c.Confusion()
	}
	for i, class := range c.Predicted {
		p := Prediction{Image: i, Predicted: class, Outputs: c.Outputs.Row(i)}
		if c.Labelled() {
			label := int(c.Images.Labels[i])
			p.Label = &label
		}
		r.Predictions = append(r.Predictions, p)
	}
	return r
}

// WriteCSV writes the predictions, an image a row, or ends early with ctx's error.
func (r Report) WriteCSV(ctx context.Context, w io.Writer) error {
	header := []string{"image", "label", "predicted"}
	letter := "p"
	if r.Task == modelfile.Reward {
		letter = "q"
	}
	for j := range r.outputs() {
		header = append(header, letter+strconv.Itoa(j))
	}
	var row []string
	return cli.WriteCSV(ctx, w, header, func(yield func([]string) bool) {
		for _, p := range r.Predictions {
			row = append(row[:0], strconv.Itoa(p.Image), "", strconv.Itoa(p.Predicted))
			if p.Label != nil {
				row[1] = strconv.Itoa(*p.Label)
			}
			for _, y := range p.Outputs {
				row = append(row, strconv.FormatFloat(float64(y), 'g', -1, 32))
			}
			if !yield(row) {
				return
			}
		}
	})
}

// outputs is how many a prediction has.
func (r Report) outputs() int {
	if len(r.Predictions) == 0 {
		return 0
	}
	return len(r.Predictions[0].Outputs)
}

// WriteTable writes accuracy and confusion for people, or without labels what was predicted how
// often.
func (r Report) WriteTable(w io.Writer) {
	images := cli.Count(r.Images, "image", "images")
	if r.Accuracy == nil {
		r.writeCounts(w, images)
		return
	}
	fmt.Fprintf(w, "accuracy %.2f +- %.2f %%, error %.2f %%, on %s of %s, %s\n\n", 100**r.Accuracy, 100**r.StdErr, 100*(1-*r.Accuracy), images, r.Data, r.Part)
	fmt.Fprintln(w, "rows are labels, columns what the model says")
	fmt.Fprintf(w, "%5s", "")
	for j := range r.Confusion {
		fmt.Fprintf(w, " %5d", j)
	}
	fmt.Fprintf(w, " %9s\n", "right")
	for i, row := range r.Confusion {
		total := 0
		var line strings.Builder
		fmt.Fprintf(&line, "%5d", i)
		for _, n := range row {
			total += n
			if n == 0 {
				fmt.Fprintf(&line, " %5s", ".")
			} else {
				fmt.Fprintf(&line, " %5d", n)
			}
		}
		right := ""
		if total > 0 {
			right = fmt.Sprintf("%.2f %%", 100*float64(row[i])/float64(total))
		}
		fmt.Fprintf(&line, " %9s  %s", right, r.name(i))
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}

// writeCounts writes how often each class was predicted.
func (r Report) writeCounts(w io.Writer, images string) {
	fmt.Fprintf(w, "%s of %s, %s, without labels: no accuracy\n\nwhat the model says\n", images, r.Data, r.Part)
	counts := make([]int, r.outputs())
	for _, p := range r.Predictions {
		counts[p.Predicted]++
	}
	for class, n := range counts {
		fmt.Fprintln(w, strings.TrimRight(fmt.Sprintf("%5d %5d  %s", class, n, r.name(class)), " "))
	}
}

// name is what a class is called, or "".
func (r Report) name(class int) string {
	if class < len(r.Classes) {
		return cli.Plain(r.Classes[class])
	}
	return ""
}
