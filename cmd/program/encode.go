package program

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/encode"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/labelled"
)

// encodeOptions are the flags of encode.
type encodeOptions struct {
	model, data, part, array, out string
	n, threads                    int
	settings                      model.Inference
	json                          bool
}

func newEncode() *cobra.Command {
	o := encodeOptions{settings: model.TrainInference()}
	cmd := &cobra.Command{
		Use:   "encode",
		Short: "Write hidden states and reconstructions for NumPy",
		Long: `Finds the states of images in the hidden layers of a model of any task, and
writes arrays of float32, a row for each image of the part (with --part all each
row of the file):
  x                the images as the model reads them, from 0 to 1, or from -1
                   to 1 with train --centre
  h1, h2, ...      the states of the hidden layers
  reconstructions  the images as the decoder g1 draws them from h1, of models
                   that generate
  probabilities    those of the classes, of train --task label and classify
  rewards          those that are predicted for the classes, of train --task
                   reward
Models without labels have the states that INFERENCE leaves, as in training.
Those of train --task label have the encoders' means, with the label missing, as
classify has; more --iterations refine them.
A file that ends in .npz has all arrays, one that ends in .npy has the one that
--array names; docs/python.md goes on from there.`,
		Example: `  targetprop encode --out test.npz
  targetprop encode --part train --array h2 --out features.npy
  targetprop encode --n 1000 --iterations 0 --out means.npz
  targetprop encode --model runs/digits-classify --array h1 --out h1.npy`,
	}
	f := cmd.Flags()
	addModel(f, &o.model, run.DefaultDir(task.Generate, data.Default))
	addTestData(f, &o.data)
	addPart(cmd, &o.part)
	f.IntVarP(&o.n, "n", "n", 0, "`number` of images, the first ones; 0 for all")
	f.StringVar(&o.array, "array", "", "`name` of the array in a file that ends in .npy (default: the highest hidden layer)")
	f.StringVar(&o.out, "out", "", "`file` to write, with the ending .npz or .npy; replaced if it exists")
	f.IntVar(&o.settings.Iterations, "iterations", o.settings.Iterations, "`number` of iterations of inference, if not as in training; 0 for what the encoders say, as of models with labels")
	f.Float32Var(&o.settings.Delta, "delta", o.settings.Delta, "`step` of inference towards the targetprop target, if not as in training")
	f.Float32Var(&o.settings.Alpha, "alpha", o.settings.Alpha, "`step` of inference towards the prediction from above, if not as in training")
	f.BoolVar(&o.json, "json", false, "write JSON")
	addThreads(f, &o.threads)
	completeFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("out", cli.CompleteExtensions("npz", "npy"))
	cmd.RunE = cli.Action(o.do)
	return cmd
}

// validate checks what needs no file.
func (o *encodeOptions) validate() error {
	end := strings.ToLower(filepath.Ext(o.out))
	switch {
	case o.out == "":
		return cli.Usagef("no output named: say --out FILE.npz or FILE.npy")
	case end != ".npz" && end != ".npy":
		return cli.Usagef("--out %s: want a name that ends in .npz or .npy", o.out)
	case end == ".npz" && o.array != "":
		return cli.Usagef("--array %s goes with a file that ends in .npy; %s has all arrays", o.array, o.out)
	case o.n < 0:
		return cli.Usagef("--n %d: want 0 or more", o.n)
	}
	if err := o.settings.Validate(); err != nil {
		return cli.Usage(err)
	}
	return checkPart(o.part)
}

// labelInference moves the states of a model with labels, if somebody asks for iterations:
// without them it is that of classify.
var labelInference = labelled.Inference{Delta: 0.1, Alpha: 0.3}

// given sets of inference what was given.
func (o *encodeOptions) given(cmd *cobra.Command, iterations *int, delta, alpha *float32) {
	for name, set := range map[string]func(){
		"iterations": func() { *iterations = o.settings.Iterations },
		"delta":      func() { *delta = o.settings.Delta },
		"alpha":      func() { *alpha = o.settings.Alpha },
	} {
		if cmd.Flags().Changed(name) {
			set()
		}
	}
}

// encoder is what the model makes arrays with. The report gets its settings.
func (o *encodeOptions) encoder(cmd *cobra.Command, m modelfile.Any, r *encode.Report) (encode.Encoder, error) {
	switch {
	case m.Images != nil:
		s := m.Images.Training.Inference
		o.given(cmd, &s.Iterations, &s.Delta, &s.Alpha)
		r.Iterations, r.Delta, r.Alpha = s.Iterations, s.Delta, s.Alpha
		return encode.Images(m.Images.Network, s), nil
	case m.Labelled != nil:
		s := labelInference
		o.given(cmd, &s.Iterations, &s.Delta, &s.Alpha)
		r.Iterations, r.Delta, r.Alpha = s.Iterations, s.Delta, s.Alpha
		return encode.Labelled(m.Labelled.Network, s), nil
	}
	for _, name := range []string{"iterations", "delta", "alpha"} {
		if cmd.Flags().Changed(name) {
			return encode.Encoder{}, cli.Usagef("--%s: %s has no inference: it goes up once; leave the flag out", name, m.Path)
		}
	}
	return encode.Feedforward(m.Feedforward.Network), nil
}

func (o *encodeOptions) do(cmd *cobra.Command) error {
	if err := o.validate(); err != nil {
		return err
	}
	engine, err := begin(cmd.Context(), nil, o.threads, inputs{data: o.data, files: []string{o.model}}, o.out)
	if err != nil {
		return err
	}
	defer engine.Close()
	noteLater(cmd, nil, o.model)
	m, err := modelfile.LoadAny(o.model)
	if err != nil {
		return err
	}
	r := encode.Report{Model: m.Path, Task: m.Task, Part: o.part, File: o.out}
	by, err := o.encoder(cmd, m, &r)
	if err != nil {
		return err
	}
	if o.array == "" {
		o.array = by.Top
	}
	wanted := slices.Index(by.Names(), o.array)
	if wanted < 0 {
		return cli.Usagef("--array %s: want %s", o.array, strings.Join(by.Names(), ", "))
	}
	images, set, source, err := m.LoadPart(cmd.Context(), cmd.ErrOrStderr(), o.data, cmd.Flags().Changed("data"), o.part)
	if err != nil {
		return err
	}
	if o.n > 0 {
		images = images.Slice(0, min(o.n, images.Len()))
	}
	if err := data.CheckAmount("--n", images.Len(), by.Columns()); err != nil {
		return err
	}
	b := cli.NewBar(cmd.ErrOrStderr(), "encoding", "images", int64(images.Len()))
	arrays, err := by.Encode(cmd.Context(), engine, images, data.ShapeOf(set), b.Set)
	b.Clear()
	if err != nil {
		return fmt.Errorf("%s: %w", m.Path, err)
	}
	r.Data = data.Name(source)
	if strings.EqualFold(filepath.Ext(o.out), ".npz") {
		err = picture.WriteNPZ(o.out, arrays...)
	} else {
		arrays = arrays[wanted : wanted+1]
		err = picture.WriteNPY(o.out, arrays[0].Rows, arrays[0].Shape...)
	}
	if err != nil {
		return err
	}
	r.Wrote(arrays...)
	if o.json {
		return cli.WriteJSON(cmd.OutOrStdout(), r)
	}
	r.WriteTable(cmd.OutOrStdout())
	return nil
}
