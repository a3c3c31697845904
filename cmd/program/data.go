package program

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/describe"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/model/measure"
)

// dataOptions are the flags of data.
type dataOptions struct {
	reading data.Reading
	out     string
	show    int
	json    bool
}

func newData() *cobra.Command {
	var o dataOptions
	cmd := &cobra.Command{
		Use:   "data PATH",
		Short: "Say what a data set is, before anyone trains on it",
		Long: `Reads a data set as train does and says what it found: shape, number, classes,
range, what is constant, and which test examples are training examples too.
Draws examples, a line for each class if there are classes. PATH is what --data
of train takes: a name (digits, mnist, fashion-mnist), or a folder or a file.
Its content says which format it is:
  pictures  a folder of PNG or JPEG files, grey or in colour; a subfolder for
            each class gives labels; folders train, valid and test are parts
  IDX       files by the names of MNIST or EMNIST, with labels or without
  NumPy     .npy or .npz: rows of numbers, grey pictures, or pictures with 1
            or 3 channels; bytes, integers or floats; one dimension is labels
  CSV       .csv or .tsv: numbers, with or without a heading and a column of
            labels
  CIFAR     the binary files of CIFAR-10 or CIFAR-100
Where validation or test examples are missing, --split draws them.`,
		Example: `  targetprop data digits
  targetprop data photos --size 32x32 --out photos.png
  targetprop data table.csv --label species --split 70,15,15
  targetprop data x.npz --json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return cli.Usagef("%d arguments: want the name or the path of one data set, as in targetprop data digits", len(args))
			}
			return nil
		},
	}
	f := cmd.Flags()
	o.reading.AddFlags(f)
	f.StringVar(&o.out, "out", "data.png", "`file` of the picture, with the ending .png; replaced if it exists")
	f.IntVar(&o.show, "show", 100, "`number` of examples in the picture")
	f.BoolVar(&o.json, "json", false, "write JSON")
	_ = cmd.RegisterFlagCompletionFunc("out", cli.CompleteExtensions("png"))
	cmd.ValidArgsFunction = cli.CompleteNamesOr(data.Names, completePaths)
	cmd.RunE = cli.Action(func(cmd *cobra.Command) error { return o.do(cmd, cmd.Flags().Arg(0)) })
	return cmd
}

func (o *dataOptions) do(cmd *cobra.Command, source string) error {
	if err := picture.CheckPNGName(o.out); err != nil {
		return err
	}
	if o.show < 1 || o.show > 10000 {
		return cli.Usagef("--show %d: want 1 to 10000", o.show)
	}
	if err := checkOutputs(cmd.Context(), nil, inputs{data: source}, o.out); err != nil {
		return err
	}
	set, err := data.Read(cmd.Context(), cmd.ErrOrStderr(), source, o.reading)
	if err != nil {
		return data.WithFlag(err)
	}
	if err := data.Whole(set).Check(cmd.Context()); err != nil {
		fmt.Fprintf(cmd.ErrOrStderr(), "targetprop: note: train refuses this: %s\n", cli.Plain(err.Error()))
	}
	uncut, err := data.Uncut(cmd.Context(), set)
	if err != nil {
		return err
	}
	if uncut != "" {
		fmt.Fprintf(cmd.ErrOrStderr(), "targetprop: note: %s\n", uncut)
	}
	o.show = min(o.show, set.Train.Len())
	if err := cmp.Or(data.CheckAmount("--show", o.show, set.Train.Dim()), picture.CheckShown("--show", o.show, set.Train.Height, set.Train.Width, 1, 1)); err != nil {
		return err
	}
	f, err := describe.Of(cmd.Context(), set)
	if err != nil {
		return err
	}
	content, err := examplesGrid(set, o.show).PNG(cmd.Context())
	if err != nil {
		return err
	}
	if err := atomicfile.WriteBytes(o.out, content); err != nil {
		return err
	}
	if o.json {
		return cli.WriteJSON(cmd.OutOrStdout(), f)
	}
	writeFacts(cmd.OutOrStdout(), data.Name(source), data.ShapeOf(set), f)
	fmt.Fprintf(cmd.OutOrStdout(), "%-12s %s\n", "picture", o.out)
	return nil
}

// examplesGrid shows training examples: the first of each class, or some at random.
func examplesGrid(set dataset.Set, show int) picture.Grid {
	t := set.Train
	if t.Labels == nil {
		m := measure.Sample(t, min(show, t.Len()), 1)
		return picture.Grid{Height: t.Height, Width: t.Width, Lines: picture.Square(m, t.Height, t.Width), Dark: t.Height > 1}
	}
	lines := map[uint8]int{}
	for _, l := range t.Labels {
		lines[l]++
	}
	each, taken := max(1, show/len(lines)), map[uint8]int{}
	var classes, examples []int
	for label := range 256 {
		for i, l := range t.Labels {
			if int(l) == label && taken[l] < each {
				taken[l]++
				classes, examples = append(classes, label), append(examples, i)
			}
		}
	}
	m := data.First(t.Pick(examples), len(examples))
	g := picture.OfClasses(m, classes, t.Height, t.Width)
	for i, l := range g.Lines {
		var label int
		if _, err := fmt.Sscan(l.Name, &label); err == nil && label < len(set.Classes) {
			g.Lines[i].Name = set.Classes[label]
		}
	}
	return g
}

// writeFacts writes the facts for people.
func writeFacts(w io.Writer, name string, shape data.Shape, f describe.Facts) {
	line := func(what, format string, args ...any) {
		fmt.Fprintf(w, "%-12s %s\n", what, cli.Plain(fmt.Sprintf(format, args...)))
	}
	if f.Format != "" {
		line("data", "%s: %s", name, f.Format)
	} else {
		line("data", "%s", name)
	}
	kind := "bytes"
	if f.Floats {
		kind = "floats"
	}
	line("shape", "%v: %d %s", shape, f.Numbers, kind)
	line("count", "%d for training, %d for validation, %d for test", f.Train, f.Valid, f.Test)
	if f.Classes == nil {
		line("classes", "no labels: for train --task generate")
	} else {
		var each []string
		for _, c := range f.Classes[:min(len(f.Classes), 10)] {
			text := fmt.Sprint(c.Label)
			if c.Name != "" {
				text += " " + c.Name
			}
			each = append(each, fmt.Sprintf("%s: %d", text, c.Training))
		}
		more := ""
		if len(f.Classes) > 10 {
			more = ", ..."
		}
		line("classes", "%d, with so many training examples: %s%s", len(f.Classes), strings.Join(each, ", "), more)
	}
	line("range", "%g to %g; %s", f.Lo, f.Hi, scaleWords(shape, f))
	line("spread", "mean %.3g, standard deviation between examples %.3g, of 0 to 1", f.Mean, f.Std)
	line("constant", "%d of %d numbers are the same in all training examples", f.Constant, f.Numbers)
	line("duplicates", "%d training examples repeat others; %s", f.Repeated, leaked(f))
	where := "held in memory"
	if f.OnDisk {
		where = "read from disk while they are used"
	}
	line("memory", "%s of examples, %s", cli.Bytes(float64(f.Bytes)), where)
}

func leaked(f describe.Facts) string {
	if f.Leaked == 0 {
		return "no test example is a training example"
	}
	return fmt.Sprintf("%d of %d test examples are training examples too: a test with them is too easy", f.Leaked, f.Test)
}

// scaleWords says what the model makes of the numbers.
func scaleWords(shape data.Shape, f describe.Facts) string {
	switch s := shape.Scale; {
	case s == nil && f.Floats:
		return "the model reads them as they are"
	case s == nil:
		return "the model reads 0 to 255 as 0 to 1"
	case len(s.Lo) == 1:
		return fmt.Sprintf("the model reads %g to %g as 0 to 1", s.Lo[0], s.Hi[0])
	}
	return "the model reads each number's lowest to highest as 0 to 1"
}
