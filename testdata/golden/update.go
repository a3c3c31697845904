package main

func updateFile() file {
	const n, t = 37, 3
	f := newFile("Update", "One rounding (u = 2^-24) for each operation, as running errors. Settings: rate, momentum, decay, epsilon, step.")
	rng := newRandom(9)
	w, grad, mean, velocity := rng.row(n, 1), rng.row(n, 0.3), rng.row(n, 0.2), rng.row(n, 0.05)
	square := rng.row(n, 0.1)
	for i, x := range mean { // no mean of squares is less than the mean squared
		square[i] = square[i] + 0.1 + float32(x*x)
	}
	const rate, momentum, decay, epsilon = float32(0.01), float32(0.9), float32(0.95), float32(1e-4)
	f.floats("w", w)
	f.floats("grad", grad)
	f.floats("mean", mean)
	f.floats("square", square)
	f.floats("velocity", velocity)
	f.floats("settings", []float32{rate, momentum, decay, epsilon})
	f.words("step", []uint32{t})
	for i := range n {
		w, g, mean, square, velocity := exact(w[i]), exact(grad[i]), exact(mean[i]), exact(square[i]), exact(velocity[i])

		newMean := average(decay, mean, g)
		newSquare := average(decay, square, g.mul(g))
		variance := fma(newMean.neg(), newMean, newSquare).notNegative()
		step := exact(rate).mul(g).div(variance.add(exact(epsilon)).sqrt())
		newVelocity := exact(momentum).mul(velocity).sub(step)
		f.result("rmsprop/mean", newMean)
		f.result("rmsprop/square", newSquare)
		f.result("rmsprop/velocity", newVelocity)
		f.result("rmsprop/w", w.add(newVelocity))

		newVelocity = exact(momentum).mul(velocity).sub(exact(rate).mul(g))
		f.result("sgd/velocity", newVelocity)
		f.result("sgd/w", w.add(newVelocity))

		newMean = average(momentum, mean, g)
		newSquare = average(decay, square, g.mul(g))
		corrected := exact(rate).div(bias(momentum, t))
		unbias := exact(1).div(bias(decay, t))
		root := newSquare.mul(unbias).sqrt().add(exact(epsilon))
		f.result("adam/mean", newMean)
		f.result("adam/square", newSquare)
		f.result("adam/w", w.sub(corrected.mul(newMean).div(root)))
	}
	return f
}

// average is decay*old + (1 - decay)*x.
func average(decay float32, old, x number) number {
	return fma(exact(decay), old, exact(1).sub(exact(decay)).mul(x))
}

// bias is 1 - decay^t, without an error: the kernels' is that of float64.
func bias(decay float32, t int) number {
	power := one
	for range t {
		power = mul(power, value(float64(decay)))
	}
	return number{sub(one, power), zero()}
}
