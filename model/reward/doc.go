// Package reward has networks that learn from rewards: of all they could have done, they
// are told only how good the one thing was that they did.
//
// A network of package feedforward, trained by any rule of package credit, predicts the
// reward of each action. Its loss is the squared error of the chosen action's prediction
// alone. A [Policy] chooses by the predictions.
//
// [Trainer] trains on a contextual bandit: the network sees an image, chooses a class, and
// the reward is 1 if it is the right one and 0 if not. Package qlearning has tasks in
// which the reward comes later.
//
// docs/labels.md has the mathematics with their sources. Results depend on the seed alone.
// They do not depend on the instruction set, the number of threads or interruptions.
package reward
