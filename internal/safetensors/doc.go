// Package safetensors reads and writes float32 tensors in the safetensors
// format, so that models can be opened from Python and elsewhere:
//
//	8 bytes   N, the length of the header, little-endian
//	N bytes   JSON: {"name": {"dtype": "F32", "shape": [...], "data_offsets": [begin, end]}, ...}
//	          and perhaps "__metadata__": {"key": "value", ...}; spaces may follow
//	the rest  the values, row-major, little-endian; offsets count from here
//
// Files come from anywhere, so reading is strict: every byte of the data
// belongs to exactly one tensor, and no size is believed before it was checked
// against the size of the file. Values are kept as they are, NaN and infinity
// included.
//
// The format is described at https://github.com/huggingface/safetensors#format.
package safetensors
