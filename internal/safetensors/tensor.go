package safetensors

// Tensor is an array of float32 with a name.
type Tensor struct {
	Name  string
	Shape []int     // sizes, slowest-varying first; empty for a single number
	Data  []float32 // row-major, as long as the product of Shape
}
