package reward

import "github.com/targetprop/targetprop/model/feedforward"

// Network is that of the run. It is as it was when the run was stopped, until a trainer that
// [Checkpoint.Resume] returned trains it; Resume sets it back.
func (c Checkpoint) Network() *feedforward.Network { return c.checkpoint.Network }
