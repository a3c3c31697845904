// Package qlearning has networks that learn from rewards that come later. A network
// predicts, from what it observes, the value of each action: the mean reward a step from
// here on, discounted,
//
//	Q(x, a) = (1-γ) E[r_0 + γ r_1 + γ² r_2 + ...],
//
// where γ is the discount. It is in the unit of rewards, whatever γ is. The prediction
// learns from itself (Watkins 1989): its goal is the reward that came, and the value
// predicted for what was observed then. Old transitions are replayed (Mnih et al. 2015,
// Algorithm 1). The network's average over time gives the goals (Lillicrap et al. 2016,
// Algorithm 1), with the action that the present one prefers (van Hasselt, Guez and Silver
// 2016), and it chooses what is done.
//
// An [Agent] learns in an [Environment], which package cartpole has one of. Any rule of
// package credit trains the network. An episode that is cut short after Settings.Limit
// steps has not ended: values go beyond it.
//
// Results depend on the seed alone. They do not depend on the instruction set, the number
// of threads or interruptions between episodes.
package qlearning
