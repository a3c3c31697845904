package picture

import (
	"bytes"
	"context"
	"image"
	"image/png"
)

// EncodePNG is a picture as a PNG file. That takes a minute for a very large one, and ends early if ctx is done.
func EncodePNG(ctx context.Context, img image.Image) ([]byte, error) {
	to := buffer{ctx: ctx}
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&to, img)
	return to.Bytes(), err
}

// buffer takes nothing more when its context is done.
type buffer struct {
	bytes.Buffer
	ctx context.Context
}

func (b *buffer) Write(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	return b.Buffer.Write(p)
}
