package vec

import (
	"fmt"
	"maps"
	"slices"
	"sort"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/pass"
	"github.com/mmcloughlin/avo/reg"
)

// plan is how many vectors a function computes at a time, and what it keeps in
// registers.
type plan struct {
	rows, each int // so many rows, so many vectors from each; or 0
	single     int // vectors from a single row
	hoisted    []string
}

// most is the most vectors at a time.
func (p plan) most() int { return max(p.rows*p.each, p.single) }

// mostDividing is how many vectors are computed at a time where they are divided: they wait
// for the one divider, and more of them longer.
const mostDividing = 4

// fit writes the function by the first plan for which there are registers, with
// as many constants in them as fit.
func (m *AMD64) fit(f Func, body func(), plans []plan, write func(Func, func(), plan)) {
	for _, p := range plans {
		_, found := m.try(f, body, p, write)
		if found.divides && p.most() > mostDividing {
			continue
		}
		names := m.toHoist(found.uses)
		tooMany := sort.Search(len(names)+1, func(kept int) bool {
			p.hoisted = names[:kept]
			return !m.fits(f, body, p, write)
		})
		if tooMany > 0 {
			p.hoisted = names[:tooMany-1]
			write(f, body, p)
			return
		}
	}
	panic(fmt.Sprintf("vec: %s%s needs too many registers", f.Name, m.Suffix()))
}

// try writes the function to a context that is thrown away.
func (m *AMD64) try(f Func, body func(), p plan, write func(Func, func(), plan)) (*build.Context, findings) {
	kept := *m
	defer func() { *m = kept }()
	found := findings{uses: map[string]int{}}
	m.ctx, m.found, m.constants = build.NewContext(), &found, map[uint64]operand.Mem{}
	m.maskTable, m.lanesTable = operand.Mem{}, operand.Mem{}
	write(f, body, p)
	return m.ctx, found
}

// toHoist is the names of constants and scalars, the most used first.
func (m *AMD64) toHoist(uses map[string]int) []string {
	if !m.wide() { // too few registers; memory operands cost little there
		return nil
	}
	names := slices.Sorted(maps.Keys(uses))
	slices.SortStableFunc(names, func(a, b string) int { return uses[b] - uses[a] })
	return names
}

// fits tells whether registers can be found for the plan. avo would also hand
// out those that AVX2 cannot name.
func (m *AMD64) fits(f Func, body func(), p plan, write func(Func, func(), plan)) bool {
	ctx, _ := m.try(f, body, p, write)
	file, err := ctx.Result()
	if err != nil {
		panic(err)
	}
	if pass.Compile.Execute(file) != nil {
		return false
	}
	for _, r := range file.Functions()[0].Allocation {
		if !m.wide() && r.Kind() == reg.KindVector && r.Index() > 15 {
			return false
		}
	}
	return true
}
