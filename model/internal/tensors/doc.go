// Package tensors keeps the parameters of networks, and what optimisers remember
// of them, as tensors of model files.
package tensors
