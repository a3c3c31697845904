package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/mask"
	"github.com/targetprop/targetprop/model/measure"
)

func init() { register(newFill) }

// fillOptions are the flags of fill.
type fillOptions struct {
	model, data, out string
	mask             maskOptions
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
	addModel(f, &o.model)
	addData(f, &o.data, "")
	f.Lookup("data").Usage += " (default: the named set that the model was trained on)"
	f.StringVar(&o.mask.name, "mask", "left", "`mask`: pixels, left, right, top, bottom, square or FILE.png")
	f.Float64Var(&o.mask.rate, "rate", 0.5, "`share` of the pixels that are missing with --mask pixels")
	f.IntVar(&o.mask.size, "size", 0, "`pixels` on a side of the square, 0 for half of the image's")
	f.IntVarP(&o.n, "n", "n", 100, "`number` of test images, from the first on; all if there are fewer")
	f.IntVar(&o.show, "show", 20, "`number` of them in the picture")
	f.StringVar(&o.out, "out", "", "`file` of the picture, with the ending .png; replaced if it exists")
	f.Uint64Var(&o.filling.Seed, "seed", o.filling.Seed, "`seed` of all random numbers")
	f.IntVar(&o.filling.Rounds, "rounds", o.filling.Rounds, "`number` of rounds")
	f.Float32Var(&o.filling.Inference.Alpha, "alpha", o.filling.Inference.Alpha, "`step` of inference towards the prediction from above")
	f.BoolVar(&o.json, "json", false, "write JSON")
	addThreads(f, &o.threads)
	completeFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("mask", completeMask)
	_ = cmd.RegisterFlagCompletionFunc("out", completeExtensions("png"))
	cmd.RunE = action(o.run)
	return cmd
}

// validate checks what needs no file.
func (o *fillOptions) validate(cmd *cobra.Command) error {
	if err := checkPNGName(o.out); err != nil {
		return err
	}
	switch {
	case o.n < 2:
		return usagef("--n %d: want 2 or more, for a standard error", o.n)
	case o.show < 1 || o.show > 1000:
		return usagef("--show %d: want 1 to 1000", o.show)
	case o.filling.Rounds > 1e6:
		return usagef("--rounds %d: want 0 to 1000000", o.filling.Rounds)
	}
	if err := o.filling.Validate(); err != nil {
		return usageError{err}
	}
	return o.mask.validate(cmd.Flags())
}

func (o *fillOptions) run(cmd *cobra.Command) error {
	if err := o.validate(cmd); err != nil {
		return err
	}
	engine, err := newEngine(o.threads)
	if err != nil {
		return err
	}
	defer engine.Close()
	f, err := loadModel(o.model)
	if err != nil {
		return err
	}
	set, err := o.load(cmd, f)
	if err != nil {
		return err
	}
	n := min(o.n, set.Test.Len())
	if err := checkAmount("--n", n, set.Test.Dim()); err != nil {
		return err
	}
	masks, err := o.mask.masks(n, set.Test.Width, set.Test.Height, o.filling.Seed)
	if err != nil {
		return err
	}
	b := newBar(cmd.ErrOrStderr(), "filling in", "rounds", int64(n*o.filling.Rounds))
	filled, err := fillImages(cmd.Context(), engine, f.Network, set, n, masks, o.filling, b.set)
	b.clear()
	if err != nil {
		return err
	}
	if !finite(filled.result) {
		return fmt.Errorf("%s: the filled images are not all finite numbers: the model has diverged", o.model)
	}
	picture, err := filled.picture(o.show, set.Test.Height, set.Test.Width)
	if err != nil {
		return err
	}
	if err := writeBytes(o.out, picture); err != nil {
		return err
	}
	r := fillReport{
		Model: o.model, Data: dataName(o.data), Mask: o.mask.name, Images: n, Missing: filled.missing, Rounds: o.filling.Rounds,
		Alpha: o.filling.Inference.Alpha, Seed: o.filling.Seed, Picture: o.out, Rows: filled.rows,
	}
	if o.json {
		return r.writeJSON(cmd.OutOrStdout())
	}
	r.write(cmd.OutOrStdout(), set.Test.Dim())
	return nil
}

// load reads the images, and finds out whether they suit the model.
func (o *fillOptions) load(cmd *cobra.Command, f model.File) (dataset.Set, error) {
	as := evalOptions{model: o.model, data: o.data}
	if err := as.chooseData(f, cmd.Flags().Changed("data")); err != nil {
		return dataset.Set{}, err
	}
	o.data = as.data
	set, err := loadData(cmd.Context(), cmd.ErrOrStderr(), o.data)
	if err != nil {
		return set, err
	}
	if err := (&evaluation{network: f.Network, set: set, options: as}).checkData(); err != nil {
		return set, err
	}
	if f.Notes[noteDigest] != digest(set.Train) {
		fmt.Fprintf(cmd.ErrOrStderr(), "targetprop: note: the model was trained on other images (%s) than those of %s\n", f.Notes[noteData], o.data)
	}
	return set, nil
}

// fillReport is the outcome of fill. The JSON names are a promise to users.
type fillReport struct {
	Model   string    `json:"model"`
	Data    string    `json:"data"`
	Mask    string    `json:"mask"`
	Images  int       `json:"images"`
	Missing float64   `json:"missing_pixels"` // mean number for an image
	Rounds  int       `json:"rounds"`
	Alpha   float32   `json:"alpha"`
	Seed    uint64    `json:"seed"`
	Picture string    `json:"picture"`
	Rows    []fillRow `json:"rows"`
}

// fillRow is the error of one way to fill in.
type fillRow struct {
	Name   string  `json:"name"`
	Error  float64 `json:"mean_squared_error"` // of the missing pixels, which run from 0 to 1
	StdErr float64 `json:"standard_error"`     // over images
}

func (r fillReport) writeJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(r)
}

func (r fillReport) write(w io.Writer, pixels int) {
	fmt.Fprintf(w, "%d test images of %s, mask %s: on average %.0f of %d pixels missing\n\n", r.Images, r.Data, r.Mask, r.Missing, pixels)
	fmt.Fprintf(w, "%-20s %13s %11s\n", "", "squared error", "std. error")
	for _, row := range r.Rows {
		fmt.Fprintf(w, "%-20s %13.4f %11.4f\n", fillTitles[row.Name], row.Error, row.StdErr)
	}
	fmt.Fprintf(w, "\npicture  %s\n", r.Picture)
}

// The ways to fill in, and what they are called where there is room.
const (
	fillModel   = "model"
	fillMean    = "pixel-mean"
	fillNearest = "nearest-neighbour"
)

var fillTitles = map[string]string{fillModel: "model", fillMean: "mean of each pixel", fillNearest: "nearest neighbour"}

// filledImages are images whose missing pixels were filled in.
type filledImages struct {
	original, start, result kernels.Matrix
	missing                 float64 // pixels, mean for an image
	rows                    []fillRow
}

// fillImages fills in the first n test images by the model and the baselines.
// It calls progress with the rounds done, of n*Rounds.
func fillImages(ctx context.Context, e *kernels.Engine, network *model.Network, set dataset.Set, n int, masks []mask.Mask, settings model.Filling, progress func(done int)) (filledImages, error) {
	f := filledImages{original: kernels.NewMatrix(n, set.Test.Dim())}
	for i := range n {
		images{set.Test}.Read(i, f.original.Row(i))
	}
	for _, m := range masks {
		f.missing += float64(m.Missing()) / float64(len(masks))
	}
	filled, err := network.Fill(ctx, e, f.original, masks, settings, progress)
	if err != nil {
		return f, err
	}
	f.start, f.result = filled.Start, filled.Images
	mean, err := measure.MeanFill(images{set.Train}, f.original, masks)
	if err != nil {
		return f, err
	}
	nearest, err := measure.NearestFill(ctx, e, images{set.Train}, f.original, masks, nil)
	if err != nil {
		return f, err
	}
	for _, way := range []struct {
		name   string
		filled kernels.Matrix
	}{{fillModel, f.result}, {fillMean, mean}, {fillNearest, nearest}} {
		row := fillRow{Name: way.name}
		if row.Error, row.StdErr, err = measure.FillError(f.original, way.filled, masks); err != nil {
			return f, err
		}
		f.rows = append(f.rows, row)
	}
	return f, nil
}
