package reward

import "github.com/targetprop/targetprop/model/feedforward"

// Network is the network as it was when the run was stopped.
func (c Checkpoint) Network() *feedforward.Network { return c.checkpoint.Network }
