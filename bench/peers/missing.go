package peers

// Missing is a peer that this program cannot run.
type Missing struct {
	Name   string
	Reason string
}

// found is what this program can run, and what it cannot.
type found struct {
	peers   []Peer
	missing []Missing
}

// lack notes a peer that cannot run.
func (f *found) lack(name, reason string) {
	f.missing = append(f.missing, Missing{name, reason})
}
