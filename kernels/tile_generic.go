//go:build (!amd64 && !arm64) || purego

package kernels

func tile(_ ISA, t *tileArgs) { tileGeneric(t) }

func smallGemm(ISA, bool, *Matrix, *Matrix, *Matrix, bool) bool { return false }
