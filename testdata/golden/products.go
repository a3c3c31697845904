package main

import "fmt"

func gradientFile() file {
	const rows, inputs, outputs = 13, 11, 21
	f := newFile("Gradient", "Row 0: sums of the columns of d; below: x^T d. A product of n terms: gamma*sum |x||d|, gamma = n*u/(1-n*u), u = 2^-24.")
	rng := newRandom(7)
	x, d := rng.matrix(rows, inputs, 2), rng.matrix(rows, outputs, 0.1)
	f.floats("x", x...)
	f.floats("d", d...)
	ones := make([]float32, rows)
	for i := range ones {
		ones[i] = 1
	}
	for i := range inputs + 1 {
		left := ones
		if i > 0 {
			left = column(x, i-1)
		}
		for j := range outputs {
			f.result("gradient", product(exact(0), exactRow(left), exactRow(column(d, j))))
		}
	}
	return f
}

func gemmFile() file {
	const m, n, k = 5, 19, 23
	f := newFile("Gemm", "c = alpha*a*b + beta*c: gamma*(|beta*c| + sum |alpha*a||b|), gamma = k*u/(1-k*u), u = 2^-24; the products with alpha and beta are rounded first. Outputs are named by alpha and beta.")
	rng := newRandom(8)
	a, b, c := rng.matrix(m, k, 2), rng.matrix(k, n, 2), rng.matrix(m, n, 2)
	f.floats("a", a...)
	f.floats("b", b...)
	f.floats("c", c...)
	for _, s := range [][2]float32{{1, 0}, {1, 1}, {-0.7, 0.5}} {
		alpha, beta := s[0], s[1]
		name := fmt.Sprint(alpha, " ", beta)
		for i := range m {
			left := exactRow(a[i])
			if alpha != 1 {
				for p := range left {
					left[p] = left[p].mul(exact(alpha))
				}
			}
			for j := range n {
				start := exact(beta * c[i][j])
				if beta != 0 && beta != 1 {
					start = exact(beta).mul(exact(c[i][j]))
				}
				f.result(name, product(start, left, exactRow(column(b, j))))
			}
		}
	}
	return f
}
