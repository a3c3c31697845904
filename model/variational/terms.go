package variational

// Terms are the terms of the objective J of Algorithm 1,
//
//	J = log p(x|h) + log p(h) + alpha * log q(h|x)
//
// for a chain of layers, in nats. They are of one example, or means over several.
// All conditionals are Gaussians of unit variance round the maps. The constant
// -log(2 pi)/2 of each unit in each term is left out, so that a conditional is
// minus half the squared distance to its mean.
type Terms struct {
	// P[l] is log p(h[l] | h[l+1]), for l = 0..M-1; P[0] is log p(x|h).
	P []float64
	// Prior is log p(h[M]), and 0 where it is left out. It includes minus the
	// sum of the logarithms of the prior's standard deviations.
	Prior float64
	// Q[l-1] is log q(h[l] | h[l-1]), for l = 1..M.
	Q []float64
}

// LogP is log p(x, h).
func (t Terms) LogP() float64 { return sum(t.P) + t.Prior }

// LogQ is log q(h|x).
func (t Terms) LogQ() float64 { return sum(t.Q) }

// J is the objective.
func (t Terms) J(alpha float32) float64 { return t.LogP() + float64(float64(alpha)*t.LogQ()) }

// sum adds the elements in their order.
func sum(x []float64) (total float64) {
	for _, v := range x {
		total += v
	}
	return total
}

// meanTerms is the mean of the terms of each example.
func meanTerms(each []Terms) Terms {
	var total Terms
	for i, t := range each {
		if i == 0 {
			total = Terms{P: make([]float64, len(t.P)), Q: make([]float64, len(t.Q))}
		}
		for l := range t.P {
			total.P[l] += t.P[l]
			total.Q[l] += t.Q[l]
		}
		total.Prior += t.Prior
	}
	n := float64(len(each))
	for l := range total.P {
		total.P[l] /= n
		total.Q[l] /= n
	}
	total.Prior /= n
	return total
}
