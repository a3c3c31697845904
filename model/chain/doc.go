// Package chain samples a model by Markov chains (Section 5). A chain can start
// anywhere: at data, at noise, or at a draw from the prior, as samples of
// model.DirectedSampling are.
package chain
