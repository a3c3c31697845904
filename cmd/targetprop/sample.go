package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

func init() { register(newSample) }

// The methods of sampling.
const (
	methodGenerate = "generate"
	methodDirected = "directed"
)

// maxNumbers limits samples times pixels: 2 GB.
const maxNumbers = 1 << 29

// sampleOptions are the flags of sample.
type sampleOptions struct {
	model, method, out string
	n, threads         int
	sampling           model.Sampling
}

func newSample() *cobra.Command {
	o := sampleOptions{sampling: model.DefaultSampling()}
	cmd := &cobra.Command{
		Use:   "sample",
		Short: "Draw images from a model",
		Long: `Draws images from a trained model. The end of the file's name says what it
becomes: .png, a picture with all images in a grid, or .npy, a NumPy array of
float32 with the shape (images, height, width).

Methods:
  generate  GENERATE of Algorithm 2: draw the top layer from the prior, send the
            means down, then refine the image in rounds of inference
  directed  draw the top layer from the prior and send the means down

Image i depends on the model, the seed and i, and not on --n.`,
		Example: `  targetprop sample --out digits.png
  targetprop sample --model runs/mnist/model.safetensors --n 400 --out more.png
  targetprop sample --method directed --prior-scale 2 --out directed.png
  targetprop sample --n 10000 --seed 7 --out samples.npy`,
	}
	f := cmd.Flags()
	addModel(f, &o.model)
	f.IntVarP(&o.n, "n", "n", 100, "`number` of images")
	f.StringVar(&o.method, "method", methodGenerate, "`method`: generate or directed")
	f.StringVar(&o.out, "out", "", "`file` to write, with the ending .png or .npy; replaced if it exists")
	f.Uint64Var(&o.sampling.Seed, "seed", o.sampling.Seed, "`seed` of all random numbers")
	f.Float32Var(&o.sampling.PriorScale, "prior-scale", o.sampling.PriorScale, "`factor` on the prior's standard deviation: 4 in the authors' code, 2 in the paper")
	f.IntVar(&o.sampling.Rounds, "rounds", o.sampling.Rounds, "`number` of rounds of generate")
	addThreads(f, &o.threads)
	completeFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("out", completeExtensions("png", "npy"))
	cmd.RunE = action(o.run)
	return cmd
}

// validate checks the flags against each other and sets what follows from them.
func (o *sampleOptions) validate(cmd *cobra.Command) error {
	switch ext := strings.ToLower(filepath.Ext(o.out)); {
	case o.out == "":
		return usagef("no output named: say --out FILE.png or --out FILE.npy")
	case ext != ".png" && ext != ".npy":
		return usagef("--out %s: want a name that ends in .png or .npy", o.out)
	case o.n < 1:
		return usagef("--n %d: want 1 or more", o.n)
	case o.method != methodGenerate && o.method != methodDirected:
		return usagef("--method %s: want %s or %s", o.method, methodGenerate, methodDirected)
	case o.method == methodDirected && cmd.Flags().Changed("rounds") && o.sampling.Rounds != 0:
		return usagef("--rounds %d: the directed method has no rounds", o.sampling.Rounds)
	case o.sampling.Rounds < 0 || o.sampling.Rounds > 1e6:
		return usagef("--rounds %d: want 0 to 1000000", o.sampling.Rounds)
	case !(o.sampling.PriorScale >= 0 && o.sampling.PriorScale <= 1e6):
		return usagef("--prior-scale %v: want 0 to 1000000", o.sampling.PriorScale)
	}
	if o.method == methodDirected {
		o.sampling.Rounds = 0
	}
	return nil
}

func (o *sampleOptions) run(cmd *cobra.Command) error {
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
	height, width, err := imageSize(f)
	if err != nil {
		return fmt.Errorf("%s: %w", o.model, err)
	}
	if err := checkAmount("--n", o.n, height*width); err != nil {
		return err
	}
	b := newBar(cmd.ErrOrStderr(), "sampling", "images", int64(o.n))
	m, err := f.Network.Generate(cmd.Context(), engine, o.n, o.sampling, b.set)
	b.clear()
	if err != nil {
		return err
	}
	if !finite(m) {
		return fmt.Errorf("%s: its samples are not all finite numbers: the model has diverged", o.model)
	}
	if err := writeImages(o.out, m, height, width); err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s: %s of %d x %d pixels\n", o.out, count(o.n, "image", "images"), width, height)
	return nil
}

// writeImages writes the format that the path's ending asks for.
func writeImages(path string, m kernels.Matrix, height, width int) error {
	if strings.EqualFold(filepath.Ext(path), ".npy") {
		return writeNPY(path, m, height, width)
	}
	return writePNG(path, m, height, width)
}

// checkAmount keeps a mistyped number from taking all of memory.
func checkAmount(flag string, n, pixels int) error {
	if n > maxNumbers/pixels {
		return usagef("%s %d: want at most %d images of %d pixels", flag, n, max(maxNumbers/pixels, 1), pixels)
	}
	return nil
}
