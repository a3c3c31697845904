package random

// Layers is the most latent layers of a network. A use that has a stream for each layer,
// numbered from 0 or from 1, has 256: that of one more would be the next use's.
const Layers = 0xff

// Streams of random numbers, one for each use, so that no two uses draw the same
// numbers from one seed. The layer is added to streams whose low byte is 0.
// A value never changes its meaning: results depend on it.
const (
	Weights     uint16 = 0     // of a new network
	Prior       uint16 = 1     // draws of GENERATE
	CorruptUp   uint16 = 0x100 // inputs of the encoder maps in training
	CorruptDown uint16 = 0x200 // inputs of the decoder maps in training
	Langevin    uint16 = 0x300 // steps of Algorithm 1's E-step
	Feedback    uint16 = 0x400 // fixed weights of feedback alignment
	Inverse     uint16 = 0x401 // weights of new inverse maps
	InverseIn   uint16 = 0x500 // what inverse maps learn to remove
	InputNoise  uint16 = 0x600 // on the inputs of a classifier in training
	ChainUp     uint16 = 0x800 // as CorruptUp, in a Markov chain
	ChainDown   uint16 = 0x900 // as CorruptDown, in a Markov chain
	ChainCoin   uint16 = 0xa00 // whether a middle layer is rebuilt from above
	ChainDraw   uint16 = 0xa01 // of x from p(x|h)
	Noise       uint16 = 0xa02 // pictures of noise
	Mask        uint16 = 0xa03 // missing pixels
	Label       uint16 = 0xa04 // whether a label is missing in training

	Action      uint16 = 0xc00 // of a network that learns from rewards
	Replay      uint16 = 0xc01 // which transitions it learns from
	Environment uint16 = 0xc02 // where an episode starts
	Evaluation  uint16 = 0xc03 // as Action, of a network that has learned

	RewardWeights uint16 = 0xd00 // of a spiking network that learns from rewards
	RewardTrial   uint16 = 0xd01 // its patterns, spikes and explorations
	RewardNoise   uint16 = 0xd02 // of its potentials
)
