package peers

// Missing is a peer that this program cannot run.
type Missing struct {
	Name   string
	Reason string
}
