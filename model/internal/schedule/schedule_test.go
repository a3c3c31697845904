package schedule

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func newSchedule(t *testing.T, examples, batch int, seed uint64) *Schedule {
	t.Helper()
	s, err := New(examples, batch, 100, seed)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEveryEpochHasAllExamplesInItsOwnOrder(t *testing.T) {
	const examples, batch = 23, 5
	s := newSchedule(t, examples, batch, 7)
	if s.StepsPerEpoch() != 5 {
		t.Fatalf("%d steps an epoch, want 5", s.StepsPerEpoch())
	}
	var orders [][]int
	for !s.Done(3) {
		epoch, step := s.Position()
		if step == 0 {
			orders = append(orders, nil)
		}
		m := s.Minibatch()
		if want := []int{batch, batch, batch, batch, 3}[step]; len(m) != want {
			t.Errorf("step %d has %d examples, want %d", step, len(m), want)
		}
		orders[epoch] = append(orders[epoch], m...)
		s.Advance()
		want := (step + 1) * batch
		if step == 4 {
			want = examples
		}
		if s.Seen() != want || s.Step() != epoch*5+step+1 {
			t.Errorf("%d examples seen and %d steps done after step %d of epoch %d", s.Seen(), s.Step(), step, epoch)
		}
	}
	for i, order := range orders {
		if i > 0 && slices.Equal(order, orders[0]) {
			t.Errorf("epochs 0 and %d have one order", i)
		}
		for want, got := range slices.Sorted(slices.Values(order)) {
			if got != want {
				t.Fatalf("epoch %d: example %d in place of %d", i, got, want)
			}
		}
	}
}

func TestBatchIsAtMostAllExamples(t *testing.T) {
	s := newSchedule(t, 3, 100, 1)
	if s.Batch() != 3 || s.StepsPerEpoch() != 1 || len(s.Minibatch()) != 3 {
		t.Errorf("batches of %d, %d steps an epoch, %d examples: want 3, 1 and 3", s.Batch(), s.StepsPerEpoch(), len(s.Minibatch()))
	}
}

func TestSeekLeadsWhereStepsLead(t *testing.T) {
	for step := range 12 {
		walked, sought := newSchedule(t, 10, 4, 3), newSchedule(t, 10, 4, 3)
		for range step {
			walked.Advance()
		}
		if err := sought.Seek(step, 4); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(walked.Minibatch(), sought.Minibatch()) {
			t.Errorf("step %d: examples %v, want %v", step, sought.Minibatch(), walked.Minibatch())
		}
	}
}

func TestStepsDoNotAllocate(t *testing.T) {
	s := newSchedule(t, 10, 4, 3)
	if allocs := testing.AllocsPerRun(20, func() { s.Minibatch(); s.Advance() }); allocs != 0 {
		t.Errorf("%v allocations a step", allocs)
	}
}

func TestValidate(t *testing.T) {
	if _, err := New(0, 1, 1, 1); err == nil {
		t.Error("no examples: no error")
	}
	// Noise is a function of the minibatch's number, which has 32 bits.
	if _, err := New(1<<13, 1, 1<<19, 1); err == nil || !strings.Contains(err.Error(), "524288 epochs of 8192 minibatches") {
		t.Errorf("2^32 minibatches: error %v", err)
	}
	for _, step := range []int{-1, 13, math.MaxInt} {
		if err := newSchedule(t, 10, 4, 3).Seek(step, 4); err == nil || !strings.Contains(err.Error(), "want 0 to 12") {
			t.Errorf("step %d of 12: error %v", step, err)
		}
	}
	for _, test := range []struct {
		epochs, batch int
		ok            bool
	}{{0, 1, true}, {maxEpochs, MaxBatch, true}, {-1, 1, false}, {maxEpochs + 1, 1, false}, {1, 0, false}, {1, MaxBatch + 1, false}} {
		if err := Validate(test.epochs, test.batch); (err == nil) != test.ok {
			t.Errorf("%+v: error %v", test, err)
		}
	}
}
