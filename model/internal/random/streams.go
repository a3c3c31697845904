package random

// Streams of random numbers, one for each use, so that no two uses draw the same
// numbers from one seed. The layer is added to streams whose low byte is 0.
// A value never changes its meaning: results depend on it.
const (
	Weights     uint16 = 0     // of a new network
	Prior       uint16 = 1     // draws of GENERATE
	CorruptUp   uint16 = 0x100 // inputs of the encoder maps in training
	CorruptDown uint16 = 0x200 // inputs of the decoder maps in training
	Langevin    uint16 = 0x300 // steps of Algorithm 1's E-step
	ChainUp     uint16 = 0x800 // as CorruptUp, in a Markov chain
	ChainDown   uint16 = 0x900 // as CorruptDown, in a Markov chain
	ChainCoin   uint16 = 0xa00 // whether a middle layer is rebuilt from above
	ChainDraw   uint16 = 0xa01 // of x from p(x|h)
	Noise       uint16 = 0xa02 // pictures of noise
	Mask        uint16 = 0xa03 // missing pixels
	Label       uint16 = 0xa04 // whether a label is missing in training
)
