package peers

type found struct {
	peers   []Peer
	missing []Missing
}

// lack notes a peer that cannot run.
func (f *found) lack(name, reason string) {
	f.missing = append(f.missing, Missing{name, reason})
}
