// Command noise is a loop of noise and updates on package kernels alone: a layer learns
// to undo noise. It sees 32 numbers that a hidden cause of 4 has made, with noise on them,
// and has to say what they were without it.
package main

import (
	"fmt"

	"github.com/targetprop/targetprop/kernels"
)

const (
	batch, causes, units = 200, 4, 32
	deviation            = 0.5
)

func main() {
	e := kernels.Default()
	draw := func(dst kernels.Matrix, stream uint16, step int) {
		clear(dst.Data)
		e.AddGaussian(dst, dst, 1, kernels.Noise{Seed: 1, Stream: stream, Step: uint32(step)}, 0)
	}

	mixing := kernels.NewMatrix(causes, units)
	draw(mixing, 0, 0)
	world := kernels.NewPacked(1+causes, units) // row 0 is the bias, 0 here
	world.Pack(1, mixing)

	adam := kernels.Optimizer{Rule: kernels.Adam, Rate: 0.003, Momentum: 0.9, Decay: 0.999, Epsilon: 1e-8}
	w := kernels.NewPacked(1+units, units)
	moments := adam.NewMoments(len(w.Data))

	cause, clean, noisy := kernels.NewMatrix(batch, causes), kernels.NewMatrix(batch, units), kernels.NewMatrix(batch, units)
	delta, loss := kernels.NewPacked(batch, units), kernels.NewMatrix(batch, kernels.Panel)
	for step := 1; step <= 1000; step++ {
		draw(cause, 1, step)
		e.Affine(clean, kernels.Identity, cause, world)
		e.AddGaussian(noisy, clean, deviation, kernels.Noise{Seed: 1, Stream: 2, Step: uint32(step)}, 0)

		clear(loss.Data)
		e.AffineDelta(delta, loss, kernels.Identity, noisy, w, clean, 2.0/batch)
		e.GradientStep(kernels.Descent{Optimizer: adam, Step: step, Weights: w, Moments: moments}, noisy, delta)
		if step == 1 || step%250 == 0 {
			fmt.Printf("step %4d: mean squared error %.4f\n", step, kernels.SumLoss(loss)/(batch*units))
		}
	}
	fmt.Printf("of the noise alone %.4f, of what noise leaves in 4 directions of 32 %.4f\n", deviation*deviation, deviation*deviation*causes/units)
	// Output:
	// step    1: mean squared error 3.5308
	// step  250: mean squared error 0.0370
	// step  500: mean squared error 0.0319
	// step  750: mean squared error 0.0318
	// step 1000: mean squared error 0.0322
	// of the noise alone 0.2500, of what noise leaves in 4 directions of 32 0.0312
}
