package table

// The published numbers.
const (
	publishedLL       = 236.0
	publishedDirected = 126.0
)

// published are log-likelihoods of other methods on MNIST, by the same measure.
var published = []struct {
	name, ll string
	value    float64
	older    bool // than the paper
}{
	{"deep belief network (Bengio et al. 2013)", "138 +- 2", 138, true},
	{"stacked contractive auto-encoder (Bengio et al. 2013)", "121 +- 1.6", 121, true},
	{"deep GSN (Bengio et al. 2014)", "214 +- 1.1", 214, true},
	{"generative adversarial network (Goodfellow et al. 2014)", "225 +- 2", 225, true},
	{"adversarial auto-encoder (Makhzani et al. 2015)", "340 +- 2", 340, false},
}
