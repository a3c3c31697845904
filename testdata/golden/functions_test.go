package main

import (
	"math"
	"math/big"
	"testing"
)

// near fails unless x has the digits, to their last place.
func near(t *testing.T, name string, x *big.Float, digits string) {
	t.Helper()
	want, _, err := big.ParseFloat(digits, 10, precision, big.ToNearestEven)
	if err != nil {
		t.Fatal(err)
	}
	if d := abs(sub(x, want)); d.Cmp(mul(abs(want), value(0x1p-200))) > 0 {
		t.Errorf("%s = %.70f, want %s", name, x, digits)
	}
}

// TestConstants compares with published digits.
func TestConstants(t *testing.T) {
	near(t, "ln 2", ln2, "0.693147180559945309417232121458176568075500134360255254120680009493")
	near(t, "pi", pi, "3.14159265358979323846264338327950288419716939937510582097494459230781640")
	near(t, "e", exp(one), "2.71828182845904523536028747135266249775724709369995957496696762772407663")
	near(t, "log 10", ln(value(10)), "2.30258509299404568401799145468436420760110148862877297603332790096757260")
	near(t, "tanh 1", tanh(one), "0.761594155955764888119458282604793590412768597257936551596810500121953244")
	cos, sin := cosSin(1, value(0.25))
	near(t, "cos 5pi/8", neg(cos), "0.382683432365089771728459984030398866761344562485627041433800635627546033")
	near(t, "sin 5pi/8", sin, "0.923879532511286756128183189396788286822416625863642486115097731280535007")
}

// TestFunctionsAgree holds the functions against each other, to 200 bits, and
// against float64.
func TestFunctionsAgree(t *testing.T) {
	rng := newRandom(99)
	for range 300 {
		x := value(float64(rng.between(60)))
		f, _ := x.Float64()
		for _, c := range []struct {
			name      string
			got, want *big.Float
		}{
			{"log exp x", ln(exp(x)), x},
			{"softplus(x) - softplus(-x)", sub(softplus(x), softplus(neg(x))), x},
			{"2 sigmoid(2x) - 1", sub(scale(sigmoid(scale(x, 1)), 1), one), tanh(x)},
			{"exp softplus", exp(softplus(x)), add(one, exp(x))},
		} {
			if d := abs(sub(c.got, c.want)); d.Cmp(mul(abs(c.want), value(0x1p-100))) > 0 {
				t.Errorf("%s at %v: %v, want %v", c.name, f, c.got, c.want)
			}
		}
		for _, c := range []struct {
			name string
			got  *big.Float
			want float64
		}{
			{"exp", exp(x), math.Exp(f)}, {"log", ln(abs(x)), math.Log(math.Abs(f))}, {"tanh", tanh(x), math.Tanh(f)},
			{"softplus", softplus(x), max(f, 0) + math.Log1p(math.Exp(-math.Abs(f)))},
		} {
			if got, _ := c.got.Float64(); math.Abs(got-c.want) > 4e-16*math.Abs(c.want) {
				t.Errorf("%s(%v) = %v, float64 %v", c.name, f, got, c.want)
			}
		}
	}
	for _, x := range []float64{0x1p-149, -0x1p-126, 0x1p-60} { // series: x - x^3/3
		if got, _ := tanh(value(x)).Float64(); got != x-x*x*x/3 {
			t.Errorf("tanh(%v) = %v", x, got)
		}
	}
}

func TestPhiloxVectors(t *testing.T) {
	for _, v := range philoxVectors {
		if got := philox([4]uint32(v[:4]), [2]uint32(v[4:6])); got != [4]uint32(v[6:]) {
			t.Errorf("philox(%08x) = %08x", v[:6], got)
		}
	}
}
