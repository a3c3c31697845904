package program

import (
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
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/model"
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
		Long: `Infers the hidden states of images, as in training, and writes arrays of
float32, a row for each image:
  x                the images as the model reads them, from 0 to 1, or from -1
                   to 1 with train --centre
  h1, h2, ...      the states of the layers, which INFERENCE leaves
  reconstructions  the images as the decoder g1 draws them from h1
A file that ends in .npz has all of them, one that ends in .npy has the one that
--array names; docs/python.md goes on from there. Models with labels do not do.`,
		Example: `  targetprop encode --out test.npz
  targetprop encode --part train --array h2 --out features.npy
  targetprop encode --n 1000 --iterations 0 --out means.npz`,
	}
	f := cmd.Flags()
	addModel(f, &o.model, run.DefaultDir(task.Generate, data.Default))
	addTestData(f, &o.data)
	f.StringVar(&o.part, "part", parts[0], "`part` of the data: test, valid or train")
	f.IntVarP(&o.n, "n", "n", 0, "`number` of images, the first ones; 0 for all")
	f.StringVar(&o.array, "array", "", "`name` of the array in a file that ends in .npy (default: the top layer)")
	f.StringVar(&o.out, "out", "", "`file` to write, with the ending .npz or .npy; replaced if it exists")
	f.IntVar(&o.settings.Iterations, "iterations", o.settings.Iterations, "`number` of iterations of inference, if not as in training; 0 for what the encoders say")
	f.Float32Var(&o.settings.Delta, "delta", o.settings.Delta, "`step` of inference towards the targetprop target, if not as in training")
	f.Float32Var(&o.settings.Alpha, "alpha", o.settings.Alpha, "`step` of inference towards the prediction from above, if not as in training")
	f.BoolVar(&o.json, "json", false, "write JSON")
	addThreads(f, &o.threads)
	completeFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("part", cli.CompleteNames(parts...))
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
	case !slices.Contains(parts, o.part):
		return cli.Usagef("--part %s: want %s", o.part, strings.Join(parts, ", "))
	case o.n < 0:
		return cli.Usagef("--n %d: want 0 or more", o.n)
	}
	if err := o.settings.Validate(); err != nil {
		return cli.Usage(err)
	}
	return nil
}

// inference is that of the model's training but for what was given.
func (o *encodeOptions) inference(cmd *cobra.Command, training model.Inference) model.Inference {
	for name, set := range map[string]func(){
		"iterations": func() { training.Iterations = o.settings.Iterations },
		"delta":      func() { training.Delta = o.settings.Delta },
		"alpha":      func() { training.Alpha = o.settings.Alpha },
	} {
		if cmd.Flags().Changed(name) {
			set()
		}
	}
	return training
}

func (o *encodeOptions) do(cmd *cobra.Command) error {
	if err := o.validate(); err != nil {
		return err
	}
	engine, err := cli.NewEngine(o.threads)
	if err != nil {
		return err
	}
	defer engine.Close()
	if err := checkOutputs(nil, inputs{data: o.data, files: []string{o.model}}, o.out); err != nil {
		return err
	}
	m, err := modelfile.Load(o.model)
	if err != nil {
		return err
	}
	names := encode.Names(m.Network)
	if o.array == "" {
		o.array = names[len(names)-2]
	}
	wanted := slices.Index(names, o.array)
	if wanted < 0 {
		return cli.Usagef("--array %s: want %s", o.array, strings.Join(names, ", "))
	}
	set, source, err := m.LoadData(cmd.Context(), cmd.ErrOrStderr(), o.data, cmd.Flags().Changed("data"))
	if err != nil {
		return err
	}
	images := map[string]dataset.Images{"test": set.Test, "valid": set.Valid, "train": set.Train}[o.part]
	if o.n > 0 {
		images = images.Slice(0, min(o.n, images.Len()))
	}
	units := m.Network.Config.Sizes[0]
	for _, size := range m.Network.Config.Sizes {
		units += size
	}
	if err := data.CheckAmount("--n", images.Len(), units); err != nil {
		return err
	}
	s := o.inference(cmd, m.Training.Inference)
	b := cli.NewBar(cmd.ErrOrStderr(), "encoding", "images", int64(images.Len()))
	arrays, err := encode.Encode(cmd.Context(), engine, m.Network, images, data.ShapeOf(set), s, b.Set)
	b.Clear()
	if err != nil {
		return err
	}
	r := encode.Report{Model: m.Path, Data: data.Name(source), Part: o.part, Iterations: s.Iterations, Delta: s.Delta, Alpha: s.Alpha, File: o.out}
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
