package program

import (
	"cmp"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/fill"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/labelled"
	"github.com/targetprop/targetprop/model/mask"
)

// fillOptions are the flags of fill.
type fillOptions struct {
	model, data, out string
	mask             fill.Mask
	n, show, threads int
	filling          model.Filling
	json             bool
}

func newFill() *cobra.Command {
	o := fillOptions{filling: model.DefaultFilling()}
	cmd := &cobra.Command{
		Use:   "fill",
		Short: "Fill in missing pixels of test images",
		Long: `Hides pixels of test images and lets a model fill them in (Section 8, Figure 5).
The missing pixels start at random, the others stay as they are. Writes a
picture with original, start and result side by side, and tells the mean squared
error of the missing pixels, beside that of two baselines: each missing pixel's
mean over the training images, and the pixels of the training image that is
nearest on the visible ones.

Masks (--mask):
  pixels    each pixel is missing with probability --rate
  left, right, top, bottom
            that half is missing
  square    a square of --size pixels in the middle is missing
  FILE.png  a picture of the images' size, on which missing pixels are white`,
		Example: `  targetprop fill --out filled.png
  targetprop fill --mask pixels --rate 0.8 --n 1000 --out filled.png
  targetprop fill --model runs/deep/model.safetensors --mask a.png --out b.png`,
	}
	f := cmd.Flags()
	addModel(f, &o.model, run.DefaultDir(task.Generate, data.Default))
	addTestData(f, &o.data)
	f.StringVar(&o.mask.Name, "mask", "left", "`mask`: pixels, left, right, top, bottom, square or FILE.png")
	f.Float64Var(&o.mask.Rate, "rate", 0.5, "`share` of the pixels that are missing with --mask pixels")
	f.IntVar(&o.mask.Size, "size", 0, "`pixels` on a side of the square, 0 for half of the image's")
	f.IntVarP(&o.n, "n", "n", 100, "`number` of test images, from the first on; all if there are fewer")
	f.IntVar(&o.show, "show", 20, "`number` of them in the picture")
	f.StringVar(&o.out, "out", "", "`file` of the picture, with the ending .png; replaced if it exists")
	f.Uint64Var(&o.filling.Seed, "seed", o.filling.Seed, "`seed` of all random numbers")
	f.IntVar(&o.filling.Rounds, "rounds", o.filling.Rounds, "`number` of rounds")
	f.Float32Var(&o.filling.Inference.Alpha, "alpha", o.filling.Inference.Alpha, "`step` of inference towards the prediction from above; 0.3 if the model has labels")
	f.BoolVar(&o.json, "json", false, "write JSON")
	addThreads(f, &o.threads)
	completeFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("mask", cli.CompleteNamesOr(fill.MaskNames, cli.CompleteExtensions("png")))
	_ = cmd.RegisterFlagCompletionFunc("out", cli.CompleteExtensions("png"))
	cmd.RunE = cli.Action(o.do)
	return cmd
}

// validate checks what needs no file.
func (o *fillOptions) validate(cmd *cobra.Command) error {
	if err := picture.CheckPNGName(o.out); err != nil {
		return err
	}
	switch {
	case o.n < 2:
		return cli.Usagef("--n %d: want 2 or more, for a standard error", o.n)
	case o.show < 1 || o.show > 1000:
		return cli.Usagef("--show %d: want 1 to 1000", o.show)
	case o.filling.Rounds > 1e6:
		return cli.Usagef("--rounds %d: want 0 to 1000000", o.filling.Rounds)
	}
	if err := o.filling.Validate(); err != nil {
		return cli.Usage(err)
	}
	return o.mask.Validate(cmd.Flags().Changed("rate"), cmd.Flags().Changed("size"))
}

// open reads the model. With labels, flags that were not given are its defaults.
func (o *fillOptions) open(cmd *cobra.Command) (modelfile.Origin, fill.Filler, error) {
	if of, err := modelfile.TaskOf(o.model); err != nil || of != modelfile.Label {
		m, err := modelfile.Load(o.model, modelfile.Label)
		if err != nil {
			return m.Origin, nil, err
		}
		return m.Origin, fill.By(m.Network, o.filling), nil
	}
	m, err := modelfile.LoadLabelled(o.model)
	if err != nil {
		return m.Origin, nil, err
	}
	s := labelled.DefaultFilling()
	s.Seed, s.Rounds = o.filling.Seed, o.filling.Rounds
	if cmd.Flags().Changed("alpha") {
		s.Inference.Alpha = o.filling.Inference.Alpha
	}
	o.filling.Inference.Alpha = s.Inference.Alpha // for the report
	return m.Origin, fill.ByLabelled(m.Network, s), nil
}

func (o *fillOptions) do(cmd *cobra.Command) error {
	if err := o.validate(cmd); err != nil {
		return err
	}
	engine, err := begin(cmd.Context(), nil, o.threads, inputs{data: o.data, files: []string{o.model, o.mask.Name}}, o.out)
	if err != nil {
		return err
	}
	defer engine.Close()
	noteLater(cmd, nil, o.model)
	from, by, err := o.open(cmd)
	if err != nil {
		return err
	}
	set, source, err := from.LoadData(cmd.Context(), cmd.ErrOrStderr(), o.data, cmd.Flags().Changed("data"))
	if err != nil {
		return err
	}
	n := min(o.n, set.Test.Len())
	if err := cmp.Or(data.CheckAmount("--n", n, set.Test.Dim()), fill.CheckShown("--show", min(o.show, n), set.Test.Height, set.Test.Width)); err != nil {
		return err
	}
	masks, err := o.mask.Masks(n, set.Test.Width, set.Test.Height, o.filling.Seed)
	if err != nil {
		return err
	}
	masks = mask.OfChannels(masks, set.Test.Depth())
	b := cli.NewBar(cmd.ErrOrStderr(), "filling in", "rounds", int64(n*o.filling.Rounds))
	filled, err := fill.Fill(cmd.Context(), engine, by, set, n, masks, b.Set)
	b.Clear()
	if err != nil {
		return err
	}
	if !data.Finite(filled.Result) {
		return fmt.Errorf("%s: the filled images are not all finite numbers: the model has diverged", o.model)
	}
	content, err := filled.Picture(cmd.Context(), o.show, set.Test.Height, set.Test.Width)
	if err != nil {
		return err
	}
	if err := atomicfile.WriteBytes(o.out, content); err != nil {
		return err
	}
	r := fill.Report{
		Model: o.model, Data: data.Name(source), Mask: o.mask.Name, Images: n, Missing: filled.Missing, Rounds: o.filling.Rounds,
		Alpha: o.filling.Inference.Alpha, Seed: o.filling.Seed, Picture: o.out, Rows: filled.Rows,
	}
	if o.json {
		return cli.WriteJSON(cmd.OutOrStdout(), r)
	}
	r.WriteTable(cmd.OutOrStdout(), set.Test.Dim())
	return nil
}
