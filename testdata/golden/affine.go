package main

// Maps of 4 x 37 inputs to 21 units: more than one panel, the last one narrow.
const mapRows, mapInputs, mapOutputs = 4, 37, 21

// affineMap is the operands of a map; row 0 of w is the bias.
type affineMap struct{ x, w [][]float32 }

func newAffineMap(f file, seed uint64) affineMap {
	rng := newRandom(seed)
	m := affineMap{rng.matrix(mapRows, mapInputs, 2), rng.matrix(mapInputs+1, mapOutputs, 0.5)}
	f.floats("x", m.x...)
	f.floats("w", m.w...)
	return m
}

// preactivation is row i, column j of x W + b.
func (m affineMap) preactivation(i, j int) number {
	c := exactRow(column(m.w, j))
	return product(c[0], exactRow(m.x[i]), c[1:])
}

const productBound = "A product of n terms: gamma*(|b| + sum |x||w|), gamma = n*u/(1-n*u), u = 2^-24, times the activation's largest slope, plus its documented error. "

func affineFile() file {
	f := newFile("Affine", productBound)
	m := newAffineMap(f, 2)
	for _, act := range activations {
		for i := range mapRows {
			for j := range mapOutputs {
				f.result(act.name, act.of(m.preactivation(i, j)))
			}
		}
	}
	return f
}

// of is the activation of z.
func (fn function) of(z number) number {
	if fn.name == "relu" {
		return z.notNegative()
	}
	return z.through(fn.f, fn.lipschitz, fn.ulps)
}

func affineRelaxFile() file {
	f := newFile("AffineRelax", productBound+"Then one rounding (u) for each operation of h += delta*(a - f) + alpha*(g - h), as running errors.")
	m := newAffineMap(f, 3)
	rng := newRandom(4)
	const delta, alpha = float32(0.1), float32(0.3)
	h, a, g := rng.matrix(mapRows, mapOutputs, 2), rng.matrix(mapRows, mapOutputs, 2), rng.matrix(mapRows, mapOutputs, 2)
	f.floats("h", h...)
	f.floats("a", a...)
	f.floats("g", g...)
	f.floats("settings", []float32{delta, alpha})
	for _, act := range activations {
		for i := range mapRows {
			for j := range mapOutputs {
				old := exact(h[i][j])
				step := fma(exact(delta), exact(a[i][j]).sub(act.of(m.preactivation(i, j))), old)
				f.result(act.name, fma(exact(alpha), exact(g[i][j]).sub(old), step))
			}
		}
	}
	return f
}

func affineDeltaFile() file {
	f := newFile("AffineDelta", productBound+"Then one rounding (u) for each operation of d = scale*(f - t)*f' and loss += (f - t)^2, as running errors; lane j of a row's loss takes columns j and j+16.")
	m := newAffineMap(f, 5)
	rng := newRandom(6)
	const scale = float32(0.02)
	target, start := rng.matrix(mapRows, mapOutputs, 2), rng.matrix(mapRows, 16, 1)
	f.floats("target", target...)
	f.floats("loss", start...)
	f.floats("settings", []float32{scale})
	for _, act := range activations {
		total := exact(0)
		for i := range mapRows {
			lanes := exactRow(start[i])
			for j := range mapOutputs {
				value, slope := act.slope(m.preactivation(i, j))
				e := value.sub(exact(target[i][j]))
				f.result(act.name+"/d", e.mul(exact(scale)).mul(slope))
				lanes[j%16] = fma(e, e, lanes[j%16])
			}
			for _, lane := range lanes {
				f.result(act.name+"/loss", lane)
			}
			for half := 8; half > 0; half /= 2 {
				for j := range half {
					lanes[j] = lanes[j].add(lanes[j+half])
				}
			}
			total = total.add(lanes[0])
		}
		f.result(act.name+"/sum", total)
	}
	return f
}

// slope is the activation of z and its slope there, computed as the kernels do:
// from the value where they can.
func (fn function) slope(z number) (value, slope number) {
	value = fn.of(z)
	switch fn.name {
	case "softplus":
		return value, sigmoidFunction.of(z)
	case "sigmoid":
		return value, value.mul(exact(1).sub(value))
	case "tanh":
		return value, fma(value.neg(), value, exact(1))
	case "relu":
		if abs(z.v).Cmp(z.e) <= 0 {
			panic("golden: a pre-activation too close to the bend of ReLU: take another seed")
		}
		if z.v.Sign() < 0 {
			return value, exact(0)
		}
	}
	return value, exact(1)
}
