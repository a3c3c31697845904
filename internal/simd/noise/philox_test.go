package noise

import "testing"

// TestPhiloxKnownAnswers uses the kat_vectors of Random123.
func TestPhiloxKnownAnswers(t *testing.T) {
	const ff = 0xffffffff
	for _, c := range []struct {
		ctr  [4]uint32
		key  [2]uint32
		want [4]uint32
	}{
		{[4]uint32{}, [2]uint32{}, [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
		{[4]uint32{ff, ff, ff, ff}, [2]uint32{ff, ff}, [4]uint32{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
		{[4]uint32{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, [2]uint32{0xa4093822, 0x299f31d0},
			[4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
	} {
		if got := Philox(c.ctr, c.key); got != c.want {
			t.Errorf("Philox(%08x, %08x) = %08x, want %08x", c.ctr, c.key, got, c.want)
		}
	}
}

func TestUniform(t *testing.T) {
	for _, c := range []struct {
		a    uint32
		want float32
	}{{0, 0}, {255, 0}, {256, 0x1p-24}, {1 << 31, 0.5}, {0xffffffff, 1 - 0x1p-24}} {
		if got := Uniform(c.a); got != c.want {
			t.Errorf("Uniform(%#x) = %x, want %x", c.a, got, c.want)
		}
	}
}
