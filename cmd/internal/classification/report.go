package classification

import (
	"fmt"
	"io"
	"strconv"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/model/feedforward"
)

// Report is the outcome for people and programs. The JSON names are a promise to
// users.
type Report struct {
	Model     string  `json:"model"`
	Task      string  `json:"task"` // that the model was trained for
	Data      string  `json:"data"`
	Part      string  `json:"part"`
	Images    int     `json:"images"`
	Accuracy  float64 `json:"accuracy"`
	StdErr    float64 `json:"standard_error"`
	Confusion [][]int `json:"confusion"` // rows are labels, columns predictions

	Predictions []Prediction `json:"predictions"`
}

// Prediction is the outcome for an image.
type Prediction struct {
	Image     int       `json:"image"`
	Label     int       `json:"label"`
	Predicted int       `json:"predicted"`
	Outputs   []float32 `json:"outputs"` // of the classes: probabilities, or predicted rewards
}

// Report makes the report on a part of the data.
func (c Classification) Report(m modelfile.Classifier, source, part string) Report {
	r := Report{Model: m.Path, Task: m.Task, Data: source, Part: part, Images: c.Images.Len(), Confusion: c.Confusion()}
	r.Accuracy, r.StdErr = feedforward.Accuracy(c.Outputs, c.Images.Labels)
	for i, label := range c.Images.Labels {
		r.Predictions = append(r.Predictions, Prediction{i, int(label), c.Predicted[i], c.Outputs.Row(i)})
	}
	return r
}

// CSV is the predictions, an image a row.
func (r Report) CSV() ([]byte, error) {
	header := []string{"image", "label", "predicted"}
	letter := "p"
	if r.Task == modelfile.Reward {
		letter = "q"
	}
	for j := range r.Confusion {
		header = append(header, letter+strconv.Itoa(j))
	}
	var rows [][]string
	for _, p := range r.Predictions {
		row := []string{strconv.Itoa(p.Image), strconv.Itoa(p.Label), strconv.Itoa(p.Predicted)}
		for _, y := range p.Outputs {
			row = append(row, strconv.FormatFloat(float64(y), 'g', -1, 32))
		}
		rows = append(rows, row)
	}
	return cli.CSV(header, rows)
}

// WriteTable writes accuracy and confusion for people.
func (r Report) WriteTable(w io.Writer) {
	fmt.Fprintf(w, "accuracy %.2f +- %.2f %%, error %.2f %%, on %s of %s, %s\n\n", 100*r.Accuracy, 100*r.StdErr, 100*(1-r.Accuracy), cli.Count(r.Images, "image", "images"), r.Data, r.Part)
	fmt.Fprintln(w, "rows are labels, columns what the model says")
	fmt.Fprintf(w, "%5s", "")
	for j := range r.Confusion {
		fmt.Fprintf(w, " %5d", j)
	}
	fmt.Fprintf(w, " %9s\n", "right")
	for i, row := range r.Confusion {
		total := 0
		fmt.Fprintf(w, "%5d", i)
		for _, n := range row {
			total += n
			if n == 0 {
				fmt.Fprintf(w, " %5s", ".")
			} else {
				fmt.Fprintf(w, " %5d", n)
			}
		}
		if total > 0 {
			fmt.Fprintf(w, " %7.2f %%", 100*float64(row[i])/float64(total))
		}
		fmt.Fprintln(w)
	}
}
