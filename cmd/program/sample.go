package program

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/evaluate"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/output"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/task"
	"github.com/targetprop/targetprop/cmd/internal/together"
	"github.com/targetprop/targetprop/dataset/npy"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/chain"
	"github.com/targetprop/targetprop/model/labelled"
)

// sampleOptions are the flags of sample.
type sampleOptions struct {
	group model.Group // that the command runs in, or nil

	model, method, out string
	top                string // file of states of the top layer
	class              string
	n, threads         int
	json               bool
	sampling           model.Sampling
}

// walks tells whether the method is a Markov chain.
func (o *sampleOptions) walks() bool {
	return o.method == chain.Joint.String() || o.method == chain.Latent.String()
}

func newSample(g model.Group) *cobra.Command {
	o := sampleOptions{group: g, sampling: model.DefaultSampling()}
	cmd := &cobra.Command{
		Use:   "sample",
		Short: "Draw images from a model",
		Long: `Draws images from a trained model. The end of the file's name says what it
becomes: .png, a picture with all images in a grid, .npy, a NumPy array of
float32 with the shape (images, height, width), with channels for colour, or
.csv, a table. Images are from 0 to 1; numbers that are no images have the range
of those that the model was trained on.

A model of train --task label draws images of the class that --class names, or
gives the number of, or of all classes. It sends the means down from a draw of
the class's prior, with its standard deviation as it is; --rounds adds rounds of
inference, with the class given.

Methods of models without labels:
  generate  GENERATE of Algorithm 2: draw the top layer from the prior, send the
            means down, then refine the image in rounds of inference:
            --rounds, more make images cleaner and more alike. --prior-scale
            multiplies the prior's deviation: less is nearer to the average
  directed  draw the top layer from the prior and send the means down
  joint     from a directed sample on, a Markov chain of the whole network as
            one denoising auto-encoder: --rounds steps, 20 if not given
  latent    from a directed sample on, a Markov chain of inference and of draws
            of the image from the states: --rounds steps, 20 if not given
--alpha is how far the inference of generate and latent goes towards what the
layer above expects.

Image i depends on the model, the seed and i, and not on --n.`,
		Example: `  targetprop sample --out digits.png
  targetprop sample --model runs/mnist/model.safetensors --n 400 --out more.png
  targetprop sample --method directed --prior-scale 2 --out directed.png
  targetprop sample --model runs/digits-label --class 7 --out sevens.png
  targetprop sample --n 10000 --seed 7 --out samples.npy
  targetprop sample --top h2.npy --out samples.npy
  targetprop sample --method latent --alpha 0.1 --rounds 50 --out walked.png`,
	}
	f := cmd.Flags()
	addModel(f, &o.model, run.DefaultDir(task.Generate, data.Default))
	f.IntVarP(&o.n, "n", "n", 100, "`number` of images")
	f.StringVar(&o.class, "class", "", "`class` of the images, of a model with labels: its name, or else its number; -1 for any (default any)")
	f.StringVar(&o.top, "top", "", "`file` of a NumPy array (.npy) with states of the top layer, a row for each image: in place of draws from the prior, of a model without labels")
	f.StringVar(&o.method, "method", evaluate.Generate, "`method`: generate, directed, joint or latent")
	f.StringVar(&o.out, "out", "", "`file` to write, with the ending .png, .npy or .csv; replaced if it exists")
	f.Uint64Var(&o.sampling.Seed, "seed", o.sampling.Seed, "`seed` of all random numbers")
	f.Float32Var(&o.sampling.PriorScale, "prior-scale", o.sampling.PriorScale, "`factor` on the prior's standard deviation: 4 in the authors' code, 2 in the paper; 1 if there are labels")
	f.IntVar(&o.sampling.Rounds, "rounds", o.sampling.Rounds, "`number` of rounds of generate, or of steps of joint and latent; 0 if there are labels")
	f.Float32Var(&o.sampling.Inference.Alpha, "alpha", o.sampling.Inference.Alpha, "`step` of inference towards the prediction from above")
	f.BoolVar(&o.json, "json", false, "write JSON")
	addThreads(f, &o.threads)
	completeFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("top", cli.CompleteExtensions("npy"))
	_ = cmd.RegisterFlagCompletionFunc("out", cli.CompleteExtensions("png", "npy", "csv"))
	cmd.RunE = cli.Action(o.do)
	return cmd
}

// validate checks the flags against each other and sets what follows from them.
func (o *sampleOptions) validate(cmd *cobra.Command) error {
	if o.walks() && !cmd.Flags().Changed("rounds") {
		o.sampling.Rounds = chain.DefaultWalking(chain.Joint).Steps
	}
	if err := output.CheckName(o.out); err != nil {
		return err
	}
	switch {
	case o.n < 1:
		return cli.Usagef("--n %d: want 1 or more", o.n)
	case !slices.Contains(evaluate.Methods, o.method):
		return cli.Usagef("--method %s: want %s", o.method, strings.Join(evaluate.Methods, ", "))
	case cmd.Flags().Changed("alpha") && o.method != evaluate.Generate && o.method != chain.Latent.String():
		return cli.Usagef("--alpha %v goes with --method %s or %v: %s has no inference", o.sampling.Inference.Alpha, evaluate.Generate, chain.Latent, o.method)
	case o.top != "" && o.walks():
		return cli.Usagef("--top goes with --method %s or %s", evaluate.Generate, evaluate.Directed)
	case o.top != "" && (cmd.Flags().Changed("n") || cmd.Flags().Changed("seed") || cmd.Flags().Changed("prior-scale")):
		return cli.Usagef("--top %s: there are as many images as it has rows, and no draws: leave --n, --seed and --prior-scale out", o.top)
	case o.method == evaluate.Directed && cmd.Flags().Changed("rounds") && o.sampling.Rounds != 0:
		return cli.Usagef("--rounds %d: the directed method has no rounds", o.sampling.Rounds)
	case o.sampling.Rounds < 0 || o.sampling.Rounds > 1e6:
		return cli.Usagef("--rounds %d: want 0 to 1000000", o.sampling.Rounds)
	case !(o.sampling.PriorScale >= 0 && o.sampling.PriorScale <= 1e6):
		return cli.Usagef("--prior-scale %v: want 0 to 1000000", o.sampling.PriorScale)
	}
	if o.method == evaluate.Directed {
		o.sampling.Rounds = 0
	}
	if err := o.sampling.Inference.Validate(); err != nil {
		return cli.Usage(err)
	}
	return nil
}

// draw draws the images.
type draw func(e *kernels.Engine, progress func(done int)) (kernels.Matrix, error)

// open reads a model without labels.
func (o *sampleOptions) open(cmd *cobra.Command) (modelfile.Origin, draw, error) {
	m, err := loadModel(o.group, o.model, modelfile.Label)
	if err != nil {
		return m.Origin, nil, err
	}
	if o.walks() {
		if err := together.Alone(o.group, "sample --method "+o.method); err != nil {
			return m.Origin, nil, err
		}
	}
	if o.class != "" && o.class != strconv.Itoa(modelfile.AnyClass) {
		return m.Origin, nil, cli.Usagef("--class %s: the model %s knows no classes; make one that does with %s", o.class, m.Path, cli.CommandLine("train", "--task", "label"))
	}
	if o.top != "" {
		top, err := o.readTop(m.Network)
		return m.Origin, func(e *kernels.Engine, progress func(int)) (kernels.Matrix, error) {
			return m.Network.GenerateFrom(cmd.Context(), e, top, o.sampling, progress)
		}, err
	}
	return m.Origin, func(e *kernels.Engine, progress func(int)) (kernels.Matrix, error) {
		if err := m.Complete(cmd.Context(), cmd.ErrOrStderr(), e); err != nil {
			return kernels.Matrix{}, err
		}
		if o.walks() {
			kind, err := chain.ParseKind(o.method)
			if err != nil {
				return kernels.Matrix{}, err
			}
			return evaluate.Walk(cmd.Context(), e, m, kind, o.n, o.sampling, progress)
		}
		return m.Network.Generate(cmd.Context(), e, o.n, o.sampling, progress)
	}, nil
}

// readTop reads the states of the top layer that somebody made, one for each image.
func (o *sampleOptions) readTop(n *model.Network) (kernels.Matrix, error) {
	rows, units, states, err := npy.Rows(o.top)
	if err != nil {
		return kernels.Matrix{}, err
	}
	if want := n.Config.Sizes[n.Config.Latents()]; units != want {
		return kernels.Matrix{}, fmt.Errorf("%s has %d columns: want %d, the units of the model's top layer", o.top, units, want)
	}
	o.n = rows
	return kernels.Matrix{Rows: rows, Cols: units, Stride: units, Data: states}, agreeOnFile(o.group, o.top)
}

// openLabelled reads a model with labels. Flags that were not given are its
// defaults.
func (o *sampleOptions) openLabelled(cmd *cobra.Command) (modelfile.Origin, draw, error) {
	if err := together.Alone(o.group, "sample of a model with labels"); err != nil {
		return modelfile.Origin{}, nil, err
	}
	m, err := modelfile.LoadLabelled(o.model)
	if err != nil {
		return m.Origin, nil, err
	}
	flags, s := cmd.Flags(), labelled.DefaultSampling()
	class, err := m.Class(o.class)
	if err != nil {
		return m.Origin, nil, err
	}
	switch {
	case o.top != "":
		return m.Origin, nil, cli.Usagef("--top goes with models without labels; the model %s has labels", m.Path)
	case flags.Changed("method"):
		return m.Origin, nil, cli.Usagef("--method goes with models without labels; the model %s has labels, and refines its images in --rounds", m.Path)
	}
	s.Seed = o.sampling.Seed
	if flags.Changed("prior-scale") {
		s.PriorScale = o.sampling.PriorScale
	}
	if flags.Changed("rounds") {
		s.Rounds = o.sampling.Rounds
	}
	if flags.Changed("alpha") {
		s.Inference.Alpha = o.sampling.Inference.Alpha
	}
	return m.Origin, func(e *kernels.Engine, progress func(int)) (kernels.Matrix, error) {
		if err := m.Complete(cmd.Context(), cmd.ErrOrStderr(), e); err != nil {
			return kernels.Matrix{}, err
		}
		classes := slices.Repeat([]int{class}, o.n)
		if class == modelfile.AnyClass {
			if classes, err = m.Network.DrawClasses(o.n, s.Seed); err != nil {
				return kernels.Matrix{}, err
			}
		}
		return m.Network.Generate(cmd.Context(), e, classes, s, progress)
	}, nil
}

func (o *sampleOptions) do(cmd *cobra.Command) error {
	if err := o.validate(cmd); err != nil {
		return err
	}
	engine, err := begin(cmd.Context(), o.group, o.threads, inputs{files: []string{o.model, o.top}}, o.out)
	if err != nil {
		return err
	}
	defer engine.Close()
	noteLater(cmd, o.group, o.model)
	open := o.open
	if of, err := modelfile.TaskOf(o.model); err == nil && of == modelfile.Label {
		open = o.openLabelled
	}
	from, draw, err := open(cmd)
	if err != nil {
		return err
	}
	shape, err := from.Shape()
	if err != nil {
		return fmt.Errorf("%s: %w", o.model, err)
	}
	if err := cmp.Or(data.CheckAmount("--n", o.n, shape.Height*shape.Width*shape.Channels), output.CheckShown("--n", o.n, o.out, shape)); err != nil {
		return err
	}
	b := cli.NewBar(cmd.ErrOrStderr(), "sampling", "images", int64(o.n))
	m, err := draw(engine, b.Set)
	b.Clear()
	switch diverged := errors.Is(err, model.ErrDiverged) || err == nil && !data.Finite(m); {
	case diverged && o.top != "":
		return fmt.Errorf("%s: with the states of %s its samples are not all finite numbers: the states are too large for it, or it has diverged", o.model, o.top)
	case diverged:
		return fmt.Errorf("%s: its samples are not all finite numbers: the model has diverged", o.model)
	case err != nil:
		return err
	}
	if together.Writes(o.group) {
		if err := output.Write(cmd.Context(), o.out, m, shape); err != nil {
			return err
		}
	}
	if o.json {
		return cli.WriteJSON(cmd.OutOrStdout(), map[string]any{"model": from.Path, "file": o.out, "images": o.n, "shape": shape.Sizes()})
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s: %s of %v\n", o.out, cli.Count(o.n, "image", "images"), shape)
	return nil
}
