package vec

import "github.com/targetprop/targetprop/gen/arm64"

// neonOps are the instructions that differ between the types of elements.
type neonOps struct {
	FADD, FSUB, FMUL, FDIV, FMLA, FMLS, FCMGT, FCMGE, ADD, SUB *arm64.Op

	SHL, USHR *arm64.Shift
}

// neonOpsOf are those for elements of so many bytes.
var neonOpsOf = map[int]*neonOps{
	4: {
		FADD: arm64.FADD, FSUB: arm64.FSUB, FMUL: arm64.FMUL, FDIV: arm64.FDIV, FMLA: arm64.FMLA, FMLS: arm64.FMLS,
		FCMGT: arm64.FCMGT, FCMGE: arm64.FCMGE, ADD: arm64.ADD, SUB: arm64.SUB, SHL: arm64.SHL, USHR: arm64.USHR,
	},
	8: {
		FADD: arm64.FADD2D, FSUB: arm64.FSUB2D, FMUL: arm64.FMUL2D, FDIV: arm64.FDIV2D, FMLA: arm64.FMLA2D, FMLS: arm64.FMLS2D,
		FCMGT: arm64.FCMGT2D, FCMGE: arm64.FCMGE2D, ADD: arm64.ADD2D, SUB: arm64.SUB2D, SHL: arm64.SHL2D, USHR: arm64.USHR2D,
	},
}
