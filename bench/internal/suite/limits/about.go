package limits

// AboutTilesInL1 explains the columns of tiles.
const AboutTilesInL1 = "“Tiles in L1” is the micro-kernel, with the activation where there is one, on operands that stay in the first-level cache."

// AboutNearest explains the limits of rows that have several.
const AboutNearest = "The share is of the nearest limit: the multiplications that the definition needs, but by powers of two, at the FMA peak's rate, all its " +
	"vector operations at that of a loop of multiply-adds and integer additions on registers, its divisions and roots at that of a loop of them, or its traffic at the rate of a kernel that only loads and stores."
