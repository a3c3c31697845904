package ranks

// Replica is what a process of a group has of the weights of all maps, and of
// what an optimiser remembers of them. While the group trains, weights and each
// kind of moments are joined. The weights are in common memory where there is
// such: then each process steps its panels in place, and nothing is copied.
type Replica struct {
	group   Group
	bounds  []int
	weights []*[]float32
	moments [][]*[]float32

	joined        bool
	joinedWeights Joined
	joinedMoments []Joined
}

// NewReplica is that of weights, and of moments by kind. The process of rank r
// steps the parameters bounds[r] to bounds[r+1]-1 of all maps.
func NewReplica(g Group, bounds []int, weights []*[]float32, moments ...[]*[]float32) *Replica {
	r := &Replica{group: g, bounds: bounds, weights: weights}
	for _, kind := range moments {
		if *kind[0] != nil { // the optimiser has it
			r.moments = append(r.moments, kind)
		}
	}
	return r
}

// Join joins what is not, before a step. All processes have the same weights and
// moments. What check says is wrong before it is an error in all, and nothing is joined. Where all is joined the step is to
// check, and to tell the others.
func (r *Replica) Join(check func() error) (err error) {
	if r.joined {
		return nil
	}
	if err := All(r.group, nil, check); err != nil || r.group.Size() == 1 {
		return err
	}
	if r.joinedWeights, err = Join(r.group, r.bounds, r.weights); err != nil {
		return err
	}
	r.joinedMoments = nil
	for _, kind := range r.moments {
		j, err := Join(Apart{r.group}, r.bounds, kind) // only their process uses them
		if err != nil {
			return err
		}
		r.joinedMoments = append(r.joinedMoments, j)
	}
	r.joined = true
	return nil
}

// GatherWeights brings the weights to all processes.
func (r *Replica) GatherWeights() error {
	if r.group.Size() == 1 {
		return nil
	}
	return r.joinedWeights.Gather(r.group, r.bounds)
}

// GatherMoments brings the moments to all processes.
func (r *Replica) GatherMoments() error {
	if !r.joined {
		return nil // all have them
	}
	for _, j := range r.joinedMoments {
		if err := j.Gather(r.group, r.bounds); err != nil {
			return err
		}
	}
	return nil
}

// Part gives back what is in common, after a training.
func (r *Replica) Part() error {
	if !r.joined {
		return nil
	}
	if err := r.GatherMoments(); err != nil {
		return err
	}
	r.joined = false
	return r.joinedWeights.Part(r.group)
}
