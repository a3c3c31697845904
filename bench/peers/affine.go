package peers

// Affine is a prepared map y = act(x w + bias), for the number of threads that was set when
// it was made.
type Affine struct {
	Kernel string // the peer's name of the implementation
	Run    func(y, x []float32)
	Close  func()
}

// Activation is what an affine map applies to its sums.
type Activation int

const (
	Identity Activation = iota
	Softplus            // log(1 + e^z)
	Sigmoid             // 1 / (1 + e^-z)
)
