package program

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/cmd/internal/classification"
	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/model"
)

// classifyOptions are the flags of classify.
type classifyOptions struct {
	group model.Group // that the command runs in, or nil

	model, data, part        string
	out, confusion, mistakes string // files
	show, threads            int
	json                     bool
}

func newClassify(g model.Group) *cobra.Command {
	o := classifyOptions{group: g}
	cmd := &cobra.Command{
		Use:   "classify",
		Short: "Tell the classes of images apart, and show the mistakes",
		Long: `Has a model say of which class each image is, and compares that with the labels:
accuracy with its standard error, and a matrix of what was taken for what.
Without labels it tells how often each class was seen. The model is one of train
--task label, classify or reward; if its classes have names, labels go by them.

Files, if they are named:
  --out        the predictions as CSV: image (its number in the part; with
               --part all its row in the file), label, predicted class, and the
               model's outputs: probabilities (p0, p1, ...), or with a model of
               --task reward the predicted rewards (q0, q1, ...)
  --confusion  the matrix as a picture
  --mistakes   the worst mistakes in one picture, "4 as 9" where a 4 was taken
               for a 9: those first where the output of the wrong class exceeds
               that of the right one by most`,
		Example: `  targetprop classify
  targetprop classify --model runs/mnist-label --mistakes mistakes.png
  targetprop classify --out predictions.csv --confusion confusion.png
  targetprop classify --part valid --json
  targetprop classify --model runs/t.csv-classify --data new.csv --part all`,
	}
	f := cmd.Flags()
	addModel(f, &o.model, run.DefaultDir(task.Classify, data.Default))
	addTestData(f, &o.data)
	addPart(cmd, &o.part)
	f.StringVar(&o.out, "out", "", "`file` of the predictions, with the ending .csv; replaced if it exists")
	f.StringVar(&o.confusion, "confusion", "", "`file` of the matrix, with the ending .png; replaced if it exists")
	f.StringVar(&o.mistakes, "mistakes", "", "`file` of the mistakes, with the ending .png; replaced if it exists")
	f.IntVar(&o.show, "show", 36, "`number` of mistakes in the picture")
	f.BoolVar(&o.json, "json", false, "write JSON, with the predictions")
	addThreads(f, &o.threads)
	completeFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("out", cli.CompleteExtensions("csv"))
	for _, name := range []string{"confusion", "mistakes"} {
		_ = cmd.RegisterFlagCompletionFunc(name, cli.CompleteExtensions("png"))
	}
	cmd.RunE = cli.Action(o.do)
	return cmd
}

// validate checks what needs no file.
func (o *classifyOptions) validate(cmd *cobra.Command) error {
	if err := checkPart(o.part); err != nil {
		return err
	}
	if o.show < 1 || o.show > 1000 {
		return cli.Usagef("--show %d: want 1 to 1000", o.show)
	}
	for _, file := range []struct{ flag, name, end string }{{"out", o.out, ".csv"}, {"confusion", o.confusion, ".png"}, {"mistakes", o.mistakes, ".png"}} {
		if cmd.Flags().Changed(file.flag) && !strings.EqualFold(filepath.Ext(file.name), file.end) {
			return cli.Usagef("--%s %q: want a name that ends in %s", file.flag, file.name, file.end)
		}
	}
	return nil
}

func (o *classifyOptions) do(cmd *cobra.Command) error {
	if err := together.Alone(o.group, "classify"); err != nil {
		return err
	}
	if err := o.validate(cmd); err != nil {
		return err
	}
	engine, err := begin(cmd.Context(), nil, o.threads, inputs{data: o.data, files: []string{o.model}}, o.out, o.confusion, o.mistakes)
	if err != nil {
		return err
	}
	defer engine.Close()
	noteLater(cmd, o.group, o.model)
	m, err := modelfile.LoadClassifier(o.model)
	if err != nil {
		return err
	}
	images, source, err := m.LoadPart(cmd.Context(), cmd.ErrOrStderr(), o.data, cmd.Flags().Changed("data"), o.part)
	if err != nil {
		return err
	}
	if images.Labels == nil && o.confusion+o.mistakes != "" {
		return fmt.Errorf("%s has no labels to compare with: leave --confusion and --mistakes out", source)
	}
	if o.mistakes != "" {
		if err := picture.CheckShown("--show", min(o.show, images.Len()), images.Height, images.Width, picture.Scale(images.Height, images.Width), 1); err != nil {
			return err
		}
	}
	if o.json {
		const each = 100 // bytes of a number in the text, in the buffers that this is made in
		if err := memory.Check("--json: to write the outputs of "+cli.Count(images.Len(), "image", "images"), each*float64(images.Len())*float64(m.Classes)); err != nil {
			return fmt.Errorf("%w; --out FILE.csv takes less", err)
		}
	}
	b := cli.NewBar(cmd.ErrOrStderr(), "classifying", "images", int64(images.Len()))
	c, err := classification.Classify(cmd.Context(), engine, m, images, b.Set)
	b.Clear()
	if err != nil {
		return err
	}
	report := c.Report(m, data.Name(source), o.part)
	if err := o.write(cmd.Context(), c, report); err != nil {
		return err
	}
	if o.json {
		return cli.WriteJSON(cmd.OutOrStdout(), report)
	}
	report.WriteTable(cmd.OutOrStdout())
	if o.out+o.confusion+o.mistakes != "" {
		fmt.Fprintln(cmd.OutOrStdout())
	}
	for _, file := range []struct{ what, name string }{{"predictions", o.out}, {"confusion", o.confusion}, {"mistakes", o.mistakes}} {
		if file.name != "" {
			fmt.Fprintf(cmd.OutOrStdout(), "%-12s %s\n", file.what, file.name)
		}
	}
	return nil
}

// write writes the files that were asked for.
func (o *classifyOptions) write(ctx context.Context, c classification.Classification, report classification.Report) error {
	if o.out != "" {
		if err := atomicfile.Write(o.out, func(w io.Writer) error { return report.WriteCSV(ctx, w) }); err != nil {
			return err
		}
	}
	for _, file := range []struct {
		name    string
		content func() ([]byte, error)
	}{
		{o.confusion, func() ([]byte, error) { return c.ConfusionPicture(ctx) }},
		{o.mistakes, func() ([]byte, error) { return c.MistakesPicture(ctx, o.show) }},
	} {
		if file.name == "" {
			continue
		}
		content, err := file.content()
		if err != nil {
			return err
		}
		if err := atomicfile.WriteBytes(file.name, content); err != nil {
			return err
		}
	}
	return nil
}
