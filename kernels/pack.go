package kernels

// copiedParts is how many parts of 16 floats of a row copyParts copies.
const copiedParts = 4

const copiedColumns = copiedParts * Panel

// copyPartsGeneric defines copyParts: of each row of src, stride apart, 4 parts of
// 16 floats go to dst, next apart, those of the next row step further.
func copyPartsGeneric(rows int, src []float32, stride int, dst []float32, next, step int) {
	for i := range rows {
		for q := range copiedParts {
			copy(dst[q*next+i*step:][:Panel], src[i*stride+q*Panel:])
		}
	}
}

// copyBlock copies rows x cols floats.
func copyBlock(isa ISA, rows, cols int, src, dst block) {
	j := 0
	for ; j+copiedColumns <= cols; j += copiedColumns {
		copyParts(isa, rows, src.data[j:], src.stride, dst.data[j:], Panel, dst.stride)
	}
	if j < cols {
		activate(isa, Identity, rows, cols-j, block{src.data[j:], src.stride}, block{dst.data[j:], dst.stride})
	}
}

// packPanels fills the packed panels lo to hi-1 of the block.
func (g *gemm) packPanels(b *blockB, lo, hi int) {
	first := 0 // the first packed panel's number in the block
	if b.inPlace {
		first = b.n / Panel
	}
	for p := lo; p < hi; p++ {
		dst := b.packed.Data[p*b.k*Panel:]
		j := b.n0 + (first+p)*Panel
		width := b.packed.Cols - p*Panel
		switch {
		case g.transB:
			g.packColumns(dst, block{g.b.Data[j*g.b.Stride+b.k0:], g.b.Stride}, b.k, min(Panel, width))
		case p+copiedParts <= hi && width >= copiedColumns:
			copyParts(g.isa, b.k, g.b.Data[b.k0*g.b.Stride+j:], g.b.Stride, dst, b.k*Panel, Panel)
			p += copiedParts - 1
		default:
			if width < Panel {
				clear(dst[:b.k*Panel])
			}
			copyBlock(g.isa, b.k, min(Panel, width), block{g.b.Data[b.k0*g.b.Stride+j:], g.b.Stride}, block{dst, Panel})
		}
	}
}

// packColumns fills a panel from a transposed matrix: its first columns are rows of src, the
// others zeros.
func (g *gemm) packColumns(dst []float32, src block, k, width int) {
	switch {
	case width == transposedRows:
		transpose(g.isa, 0, width, k, src.data, src.stride, dst, Panel)
	case k >= 32 && (g.isa == AVX512 || g.isa == AVX2):
		g.packFewColumns(dst, src, k, width)
	default:
		clear(dst[:k*Panel])
		transposeGeneric(0, width, k, src.data, src.stride, dst, Panel)
	}
}

// packFewColumns copies the rows together with zeros, as many as the kernels read.
func (g *gemm) packFewColumns(dst []float32, src block, k, width int) {
	buffer := tileBuffers.Get().(*tileBuffer)
	most := len(buffer) / transposedRows
	for p := 0; p < k; p += most {
		cols := min(most, k-p)
		for i := range transposedRows {
			row := buffer[i*most:][:cols]
			if i < width {
				copy(row, src.data[i*src.stride+p:])
			} else {
				clear(row)
			}
		}
		transpose(g.isa, 0, transposedRows, cols, buffer[:], most, dst[p*Panel:], Panel)
	}
	tileBuffers.Put(buffer)
}
