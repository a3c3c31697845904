package safetensors

const (
	// lengthSize is the size of the header's length at the beginning of a file.
	lengthSize = 8

	// maxHeader is the limit of the reference implementation: a longer header
	// could not be read there.
	maxHeader = 100_000_000

	metadataKey = "__metadata__"
	dtypeF32    = "F32"
	valueSize   = 4 // bytes of a float32

	// alignment of the data, for readers that map the file into memory.
	alignment = 8

	// chunk is how many values are converted at a time: enough to make calls
	// cheap, few enough to stay in the cache.
	chunk = 16 << 10
)
