// Package stdp simulates spike-timing dependent plasticity as the rule of
// Section 2 of "Towards Biologically Plausible Deep Learning" (arXiv
// 1502.04156, Equation 1 and Figure 1) explains it: a weight changes by the
// presynaptic spike times the rate of change of the postsynaptic potential,
//
//	dW ~ S_i * dV_j/dt.
//
// # The neuron
//
// The paper does not say how its figure was simulated, so this is our model. A
// presynaptic spike comes at time 0, when the postsynaptic potential is V0,
// below the threshold. Around it the potential is a ramp with noise,
//
//	V(t) = V0 + slope*t + Noise*B(t),
//
// where B is a Brownian motion in both directions of time that is 0 at time 0,
// sampled every Step and joined by straight lines. V0 is uniform from VLow to
// VHigh, and the slope uniform from -Slope to Slope. The neuron fires while its
// potential is at the threshold or above it; V leaves out what its own spikes
// would do to the potential. So the postsynaptic spike that is nearest in time
// is either the first after time 0, where the potential rises through the
// threshold, or the last before it, where it falls through the threshold. Its
// time is the difference dT = t_post - t_pre. Pairs further apart than Window
// are not counted.
//
// The rate of change, and with it the weight change, is taken across the
// presynaptic spike, which lasts from -Step to Step:
//
//	dW = (V(Step) - V(-Step)) / (2*Step).
//
// Without noise dT = (Threshold-V0)/slope and so dW = (Threshold-V0)/dT.
//
// Times are in ms, potentials in mV, weight changes in mV/ms times a learning
// rate of 1 ms/mV.
package stdp
