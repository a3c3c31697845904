package labelled

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/linalg"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Network is a deep generative model of images and labels.
type Network struct {
	Config Config
	// Images are the layers x = h[0] to h[M]. Their prior is not used.
	Images *model.Network
	// Encoder is f_y: y -> h[M], an affine map. Decoder is g_y: h[M] -> y; its
	// outputs are logits, of which the softmax is p(y|h[M]).
	Encoder, Decoder model.Map
	// Priors[c] is p(h[M]|y=c), Shares[c] is p(y=c). They are empty until
	// EstimatePriors sets them after training.
	Priors []model.Prior
	Shares []float32
}

// gain multiplies the first weights of the encoders f_l. It is 2: with
// semi-orthonormal weights alone, images of digits move a unit by 0.3, where tanh
// is a straight line.
const gain = 2

// New makes a network with semi-orthonormal weights, which it draws from the
// seed, those of the encoders f_l times 2. Biases are 0.
func New(config Config, seed uint64, e *kernels.Engine) (*Network, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	if err := linalg.CheckMemory(config.layers(), true, e); err != nil {
		return nil, err
	}
	images, err := model.New(config.Config, seed, e)
	if err != nil {
		return nil, err
	}
	for _, f := range images.Encoders {
		for i := range f.Weights.Data {
			f.Weights.Data[i] *= gain
		}
	}
	n := assemble(config, images, kernels.NewPacked(1+config.Classes, config.top()), kernels.NewPacked(1+config.top(), config.Classes))
	for i, m := range []model.Map{n.Encoder, n.Decoder} {
		step := uint32(2*config.Latents() + i) // after the maps of model.New
		linalg.Orthonormal(e.Serial(), m.Weights, kernels.Noise{Seed: seed, Stream: random.Weights, Step: step})
	}
	return n, nil
}

// assemble is the network of the given parts.
func assemble(config Config, images *model.Network, encoder, decoder kernels.Packed) *Network {
	return &Network{
		Config:  config,
		Images:  images,
		Encoder: model.Map{Activation: kernels.Identity, Weights: encoder},
		Decoder: model.Map{Activation: kernels.Identity, Weights: decoder},
	}
}

// Validate says what is wrong with the network, if anything is: it is nil, or has a structure that
// none can have, or maps or priors that are not of it. It looks at no weight.
func (n *Network) Validate() error {
	if n == nil {
		return errors.New("labelled: the network is nil")
	}
	if err := n.Config.Validate(); err != nil {
		return err
	}
	if err := n.Images.Validate(); err != nil {
		return fmt.Errorf("labelled: the layers of images: %w", err)
	}
	if !slices.Equal(n.Images.Config.Sizes, n.Config.Sizes) {
		return fmt.Errorf("labelled: layers of %v units for images: the network's are %v", n.Images.Config.Sizes, n.Config.Sizes)
	}
	if !slices.Equal(n.Images.Config.Encoders, n.Config.Encoders) || !slices.Equal(n.Images.Config.Decoders, n.Config.Decoders) {
		return fmt.Errorf("labelled: activations %v and %v of the layers of images: the network's are %v and %v",
			n.Images.Config.Encoders, n.Images.Config.Decoders, n.Config.Encoders, n.Config.Decoders)
	}
	if n.Encoder.Activation != kernels.Identity || n.Decoder.Activation != kernels.Identity {
		return fmt.Errorf("labelled: the maps of labels have the activations %v and %v: want identity", n.Encoder.Activation, n.Decoder.Activation)
	}
	top, classes := n.Config.top(), n.Config.Classes
	if err := n.Encoder.Check(classes, top); err != nil {
		return fmt.Errorf("labelled: the encoder of labels: %w", err)
	}
	if err := n.Decoder.Check(top, classes); err != nil {
		return fmt.Errorf("labelled: the decoder of labels: %w", err)
	}
	weights := []kernels.Packed{n.Encoder.Weights, n.Decoder.Weights}
	for _, m := range n.Images.Maps() {
		weights = append(weights, m.Weights)
	}
	if err := rows.CheckApart(weights); err != nil {
		return err
	}
	if len(n.Priors) == 0 && len(n.Shares) == 0 {
		return nil
	}
	if len(n.Priors) != classes || len(n.Shares) != classes {
		return fmt.Errorf("labelled: %d priors and %d shares of %d classes", len(n.Priors), len(n.Shares), classes)
	}
	for c, prior := range n.Priors {
		if len(prior.Mean) != top || len(prior.Std) != top {
			return fmt.Errorf("labelled: class %d has a prior of %d means and %d standard deviations for a top layer of %d units", c, len(prior.Mean), len(prior.Std), top)
		}
		if err := prior.Check(); err != nil {
			return fmt.Errorf("labelled: class %d: %w", c, err)
		}
	}
	sum := 0.0
	for c, share := range n.Shares {
		if !(share >= 0 && share <= 1) {
			return fmt.Errorf("labelled: class %d has a share of %v of the examples: want 0 to 1", c, share)
		}
		sum += float64(share)
	}
	if math.Abs(sum-1) > 1e-3 {
		return fmt.Errorf("labelled: the classes' shares of the examples add up to %v: want 1", sum)
	}
	return nil
}

// Parameters is the number of weights and biases.
func (n *Network) Parameters() int {
	if err := n.Validate(); err != nil {
		panic(err.Error())
	}
	total := n.Images.Parameters()
	for _, m := range []model.Map{n.Encoder, n.Decoder} {
		total += m.Weights.Rows * m.Weights.Cols
	}
	return total
}

// decodeLabels writes p(y|h) = softmax(g_y(h)) to dst, one example a row.
func (n *Network) decodeLabels(e *kernels.Engine, dst, h kernels.Matrix) {
	e.Affine(dst, n.Decoder.Activation, h, n.Decoder.Weights)
	for i := range dst.Rows {
		softmax(e, dst.Row(i))
	}
}

// softmax replaces logits by probabilities. The largest logit is taken off
// first, so that nothing overflows. The sum ascends.
func softmax(e *kernels.Engine, z []float32) {
	largest := slices.Max(z)
	for j := range z {
		z[j] -= largest
	}
	e.Exp(z, z)
	var sum float32
	for _, p := range z {
		sum += p
	}
	for j := range z {
		z[j] /= sum
	}
}
