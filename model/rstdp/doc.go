// Package rstdp simulates reward-modulated STDP: the rule of package stdp with a
// third factor. A synapse keeps what the rule would have done as its eligibility, and
// its weight changes when a reward comes.
//
// # The task
//
// Inputs fire at random, at a high rate if they belong to the trial's pattern and at a
// low one if not. Two output neurons see the same inputs. The one that fires more is
// the choice; a coin decides between equals. Some time after the trial comes a reward:
// 1 if the choice is the output of the pattern, -1 if not. Nothing else tells the
// network what is right. Choices at random earn 0 in the mean.
//
// # The neuron
//
// It is that of package stdp, whose ramp now comes from the inputs. From rest the
// potential of output j follows
//
//	dV_j = ((Rest-V_j)/Leak + slope_j) dt + sum_i w_ij S_i dt + Noise dB_j,
//
// in steps of Step. S_i are the spikes of input i. The slope is uniform from -Slope to
// Slope and drawn once a trial: by it an output explores. B_j is a Brownian motion. The
// neuron fires while its potential is at the threshold or above it, once every Pause.
// V leaves out what its own spikes would do to the potential.
//
// # The rule
//
// The eligibility e_ij of a synapse collects the rule of package stdp, presynaptic
// spike times rate of change of the postsynaptic potential, and fades:
//
//	de_ij/dt = -e_ij/Trace + S_i dV_j/dt,   dV_j/dt = (V_j(t+Step) - V_j(t-Step)) / (2*Step).
//
// At the reward R, the weight changes by what R is above the reward expected of the
// pattern p, and stays from 0 to MaxWeight:
//
//	w_ij += Rate * (R - E_p) * e_ij,   E_p += Baseline * (R - E_p).
//
// Sources: Izhikevich 2007 for the eligibility that waits for the reward, Florian 2007
// for the product of the two, and Frémaux and Gerstner 2016 for the expectation. It
// makes the mean weight change the covariance of reward and eligibility; without it
// the rule drifts with the mean eligibility, which knows nothing of rewards.
//
// # The control
//
// Each network has a control that begins with the same weights and sees the same
// trials, but is given the network's rewards in another order within each block. What
// it gets without their order is what rewards teach by their number alone.
//
// docs/labels.md says what the simulation shows, and which parts it needs to learn.
package rstdp
