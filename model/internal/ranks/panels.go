package ranks

import "github.com/targetprop/targetprop/kernels"

// Panels are the panels of the weights of several maps, divided among the
// processes of a group: each has those that follow the ones of the process before.
type Panels struct {
	Own    []Piece // of this process
	Bounds []int   // rank r has the parameters Bounds[r] to Bounds[r+1]-1 of all maps
}

// Piece is a piece of work: the panels Lo to Hi-1 of a map.
type Piece struct{ Map, Lo, Hi int }

// panelsAtATime is the size of a piece: as many panels as the widest tile of a
// gradient has.
const panelsAtATime = 2

// DividePanels divides the panels of the maps among the processes of g.
func DividePanels(g Group, maps []kernels.Packed) Panels {
	var all []Piece
	var work []int
	for m, w := range maps {
		for lo := 0; lo < w.Panels(); lo += panelsAtATime {
			p := Piece{m, lo, min(lo+panelsAtATime, w.Panels())}
			all, work = append(all, p), append(work, (p.Hi-p.Lo)*w.Rows*kernels.Panel)
		}
	}
	ranges := ByWeight(work, g.Size())
	p := Panels{Own: all[ranges[g.Rank()]:ranges[g.Rank()+1]], Bounds: []int{0}}
	for r := range g.Size() {
		end := p.Bounds[r]
		for _, parameters := range work[ranges[r]:ranges[r+1]] {
			end += parameters
		}
		p.Bounds = append(p.Bounds, end)
	}
	return p
}

// Of are this process's panels of a map, lo to hi-1; hi is 0 if it has none.
func (p Panels) Of(m int) (lo, hi int) {
	for _, own := range p.Own {
		if own.Map == m {
			if hi == 0 {
				lo = own.Lo
			}
			hi = own.Hi
		}
	}
	return lo, hi
}
