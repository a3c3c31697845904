package cases

import "github.com/targetprop/targetprop/kernels"

// DefaultSizes are the layers of the default network.
var DefaultSizes = []int{784, 1000, 100}

// DefaultMaps are the products of the default network's maps on a minibatch:
// f1, g1, f2, g2.
var DefaultMaps = []Shape{{100, 784, 1000}, {100, 1000, 784}, {100, 1000, 100}, {100, 100, 1000}}

// DefaultGradients are the products of their gradients.
var DefaultGradients = []Shape{{784, 100, 1000}, {1000, 100, 784}, {1000, 100, 100}, {100, 100, 1000}}

// DefaultOptimizer is the optimiser of the default settings.
var DefaultOptimizer = kernels.Optimizer{Rule: kernels.RMSProp, Rate: 1e-5, Momentum: 0.9, Decay: 0.95, Epsilon: 1e-4}
