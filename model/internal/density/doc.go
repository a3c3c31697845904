// Package density has the log densities that a network's maps define, and their
// gradients across one layer. All conditionals are Gaussians of unit variance
// round the maps. The constant -log(2 pi)/2 of each unit is left out.
package density
