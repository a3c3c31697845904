package suite

import (
	"math"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/targetprop/targetprop/bench/internal/measure"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

func newSuite(t *testing.T) *Suite {
	t.Helper()
	s, err := New([]int{1, 2}, 0, true)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestNames: benchstat and -run need names of one form, each for one row.
func TestNames(t *testing.T) {
	form := regexp.MustCompile(`^[A-Z][A-Za-z0-9]*(/[a-z]+=[A-Za-z0-9]+)*$`)
	seen := map[string]bool{}
	for _, section := range newSuite(t).Sections() {
		labels := map[string]bool{}
		for _, c := range section.Cases {
			for _, r := range c.Rows {
				if labels[r.Label] {
					t.Errorf("%s: label %q occurs twice", section.Title, r.Label)
				}
				labels[r.Label] = true
				if r.View {
					continue
				}
				if !form.MatchString(r.Name) {
					t.Errorf("name %q", r.Name)
				}
				if seen[r.Name] {
					t.Errorf("name %q occurs twice", r.Name)
				}
				seen[r.Name] = true
			}
		}
	}
}

// TestRowsOfTheIssue: what was promised is there.
func TestRowsOfTheIssue(t *testing.T) {
	names := map[string]bool{}
	for _, section := range newSuite(t).Sections() {
		for _, c := range section.Cases {
			for _, r := range c.Rows {
				names[r.Name] = true
			}
		}
	}
	for _, want := range []string{
		"Affine/op=softplus/m=100/k=784/n=1000",
		"Affine/op=sigmoid/m=100/k=1000/n=784",
		"Affine/op=sigmoid/m=100/k=1000/n=100",
		"Affine/op=softplus/m=100/k=100/n=1000",
		"AffineRelax/op=softplus/m=100/k=784/n=1000",
		"AffineDelta/op=sigmoid/m=100/k=1000/n=784",
		"Gradient/m=784/k=100/n=1000",
		"Gradient/m=784/k=100/n=1000/peers=transposed",
		"GradientStep/op=rmsprop/m=1000/k=100/n=784",
		"Sgemm/m=8/k=8/n=8/threads=1",
		"Sgemm/m=4096/k=4096/n=4096/threads=1",
		"Sgemm/m=4096/k=4096/n=1/threads=1",
		"Elementwise/op=tanh/n=65536",
		"Elementwise64/op=softplus/n=16384",
		"AddGaussian/rows=100/cols=784",
		"BernoulliMean/draws=3/rows=100/cols=100",
		"Update/op=rmsprop/n=785000",
		"Affine/op=softplus/m=1/k=4096/n=4096",
		"Train/threads=1",
		"Train/threads=2",
		"Dgemm/m=1000/k=1000/n=1000/threads=1",
		"Dgemm/m=1024/k=1024/n=1024/threads=2",
		"DgemmUpdate/m=2000/k=32/n=2000",
		"SgemmRight/m=16/k=1024/n=1024",
		"DgemmRight/m=100/k=784/n=1000",
		"AffineBackwardDelta/op=sigmoid/m=100/k=784/n=1000",
		"Pairwise/op=Mul64/level=memory",
		"Softmax/rows=100/cols=10",
		"CrossEntropy/rows=100/cols=1000",
		"Ddot/level=L1",
		"Saxpy/level=memory",
		"Dgemv/trans=yes/level=L2",
		"Dtrsv/level=L2",
		"Dsyrk/m=1984/k=64/n=1984",
		"Dtrsm/m=64/k=64/n=1984",
		"Strmm/m=256/k=256/n=256",
		"Mat/op=Eigen/n=16",
		"Mat/op=SVD/n=2000",
	} {
		if !names[want] {
			t.Errorf("no row %s", want)
		}
	}
}

// TestGradientPeers: a gradient is beside products that begin with x, which vek has not, and
// beside those that get it transposed.
func TestGradientPeers(t *testing.T) {
	for _, section := range newSuite(t).Sections() {
		for _, c := range section.Cases {
			name := c.Rows[0].Name
			if !strings.HasPrefix(name, "Gradient/") {
				continue
			}
			vek := false
			for _, e := range c.Entries() {
				vek = vek || e.Cells[0].Column == "vek"
				if e.Close != nil {
					e.Close()
				}
			}
			if transposed := strings.HasSuffix(name, "/peers=transposed"); vek != transposed {
				t.Errorf("%s: beside vek's product: %v", name, vek)
			}
		}
	}
}

// TestThreads: the rows say how many they take, as the chart shows those of one only.
func TestThreads(t *testing.T) {
	for _, section := range newSuite(t).Sections() {
		for _, c := range section.Cases {
			for _, r := range c.Rows {
				if several := strings.Contains(r.Name, "threads=2"); several != (r.Threads == 2) {
					t.Errorf("%s: %d threads", r.Name, r.Threads)
				}
			}
		}
	}
}

// TestRoofline: the roofs are those of float32.
func TestRoofline(t *testing.T) {
	for _, section := range newSuite(t).Sections() {
		for _, c := range section.Cases {
			for _, r := range c.Rows {
				if r.Name[0] == 'D' && r.Bytes > 0 {
					t.Errorf("%s would be drawn under the roofs of float32", r.Name)
				}
			}
		}
	}
}

// TestMeasure runs a small case of each kind once, to see that every engine has
// a figure and a limit to hold it against. Plain Go is left out where it is slow.
func TestMeasure(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a few seconds")
	}
	s := newSuite(t)
	o := measure.Options{Clock: measure.Monotonic(), Rounds: 1, Repetition: 50 * time.Microsecond, TooSlow: time.Second}
	for _, name := range []string{
		"Bandwidth/level=L1", "Affine/op=softplus/m=100/k=100/n=1000", "AffineRelax/op=sigmoid/m=100/k=1000/n=100",
		"AffineDelta/op=softplus/m=100/k=784/n=1000", "Gradient/m=100/k=100/n=1000", "GradientStep/op=rmsprop/m=784/k=100/n=1000",
		"Sgemm/m=16/k=16/n=16/threads=1", "Elementwise/op=tanh/n=4096", "AddGaussian/rows=100/cols=784",
		"BernoulliMean/draws=3/rows=100/cols=100", "Update/op=adam/n=16384", "Affine/op=softplus/m=1/k=784/n=1000",
		"Dgemm/m=16/k=16/n=16/threads=1", "Dnrm2/level=L1", "Sgemv/trans=yes/level=L1", "Pairwise/op=Add/level=L1",
		"SgemmRight/m=1/k=1024/n=1024", "DgemmRight/m=1/k=1024/n=1024", "Softmax/rows=100/cols=10", "CrossEntropy/rows=100/cols=10", "Dsyrk/m=256/k=256/n=256",
	} {
		t.Run(name, func(t *testing.T) {
			row := measureRow(t, s, name, o)
			figures := 0
			for _, c := range row.Cells {
				if !implForm.MatchString(c.Impl) {
					t.Errorf("%s: name %q in benchmark lines", c.Column, c.Impl)
				}
				if c.Series.Skipped != "" {
					if c.Role != table.Baseline {
						t.Errorf("%s: %s", c.Column, c.Series.Skipped)
					}
					continue
				}
				if c.Rate().Median <= 0 {
					t.Errorf("%s: rate %v", c.Column, c.Rate())
				}
				if c.Role != table.Ours {
					continue
				}
				figures++
				if share, limit := row.Share(c); math.IsNaN(share) || limit == "" {
					t.Errorf("%s is held against no limit", c.Column)
				}
			}
			if want := len(kernels.Available()) - 1; figures != want && row.Name != limits.BandwidthRow("L1") {
				t.Errorf("figures for %d instruction sets, want %d", figures, want)
			}
		})
	}
}

// implForm has no number of its own at the end: benchstat would take "-512" for
// the number of threads.
var implForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z][a-z0-9]*)*$`)

func measureRow(t *testing.T, s *Suite, name string, o measure.Options) table.Row {
	t.Helper()
	for _, section := range s.Sections() {
		for _, c := range section.Cases {
			if c.Rows[0].Name == name {
				return c.Measure(o)[0]
			}
		}
	}
	t.Fatalf("no row %s", name)
	return table.Row{}
}
