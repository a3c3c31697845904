// Package credit trains feed-forward networks by the rule of credit assignment
// that the caller chooses: how the layers below the top learn what they
// contributed to its error.
//
// # Rules
//
// Map f_l leads from h[l-1] to h[l]; the loss is L. Every rule finds a delta d_l for
// each layer l, in the place of the gradient of L with respect to the layer's
// pre-activations. The weights take the optimiser's step with h[l-1]^T d_l, all from
// the same old parameters. The delta of the top is the gradient of L. Those below it
// differ:
//
//   - [Backprop]: d_l = (d_{l+1} W_{l+1}^T) * s'. It is the yardstick.
//   - [FeedbackAlignment]: as before, with fixed random weights in the place of
//     W_{l+1}^T.
//   - [DirectFeedback]: d_l = (d_M B_l) * s', with fixed random weights B_l from the
//     top.
//   - [DifferenceTargets]: each layer has a target of its own, which the layers above
//     send down by maps that learn to invert those that lead up.
//
// To add a rule is to add a file, its name to rule.go and its maker to learner.go.
//
// docs/labels.md has the mathematics with their sources. Results depend on the seed
// alone. They do not depend on the instruction set, the number of threads or
// interruptions.
//
// [Trainer] trains on a data set. [Learner] takes one step on a minibatch that the
// caller supplies: a program that learns from rewards makes its examples as it goes.
package credit
