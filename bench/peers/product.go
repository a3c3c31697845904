package peers

// Product is a peer's way to multiply matrices.
type Product struct {
	Once Gemm // nil if the peer has no such product

	// Loop does the same several times in one call, for peers where calling costs
	// something: it leaves the crossing from Go to C out of the time of a small product.
	Loop func(times, m, n, k int, a, b, c []float32)

	// Kernel says which of the peer's implementations is used for a shape, or is nil if
	// there is but one. It is known after Once has seen the shape.
	Kernel func(m, n, k int) string
}

// Gemm computes c = a b, where a is m x k, b is k x n and c is m x n, all row-major without
// gaps; what was in c is overwritten.
type Gemm func(m, n, k int, a, b, c []float32)

// Looped is a product that a library computes several times in one call.
func Looped(loop func(times, m, n, k int, a, b, c []float32)) Product {
	return Product{Once: func(m, n, k int, a, b, c []float32) { loop(1, m, n, k, a, b, c) }, Loop: loop}
}

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
