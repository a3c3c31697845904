// Package measure tells how good a model is: how likely it finds images that it
// has not seen, whether its samples look real and have variety, whether they are
// copies, what its layers make plain, how well it fills in, and how INFERENCE
// fares. Progress that is told in pairs is an int: beyond 2^31 of them it is of no use where that has 32 bits.
// Beside each measure stand the references that it is read against.
package measure
