package picture

import (
	"bytes"
	"image"
	"image/png"
)

// EncodePNG is a picture as a PNG file.
func EncodePNG(img image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, img)
	return b.Bytes(), err
}
