package model

// Group is processes that work on one network together, each with a replica of
// it. They run the same program on the same arguments: all of them make the same
// calls, of [Trainer.Step], [Network.Generate] and so on, in the same order, and
// all get the same results. Each does its share of the work in them; what it
// makes, it sends to the others. Results do not depend on the number of
// processes.
//
// What one process finds wrong with its share of a step, of Generate, Features and the like, also
// before it begins, or the end of its context there, is an error in all, which names the
// process. A step that fails leaves no trace, and may be tried again. A panic goes on in its
// process, and is an error in the others. They hear of it when they meet. A step after the first
// exchanges nothing more for that, unless it fails. The first, and other calls, meet for it before
// they begin; the others also before each gather of what they made, and after what one process does
// for all. A meeting exchanges a byte of each process.
//
// What a process does by itself it may fail in alone: to open files, NewTrainer and Resume, what is
// not for groups, calls with a network that is nil or with a group or an option that can not be, and
// the functions that it hands over, as for progress. It tells the others before their next
// call, or it ends. A process that ends leaves the others waiting. It is up to the group to
// end them.
type Group interface {
	// Rank is the number of this process, from 0 to Size-1.
	Rank() int
	// Size is the number of processes.
	Size() int
	// Gather completes data in all processes. Before the call, the process of
	// rank r has written the bytes bounds[r] to bounds[r+1]-1, for bounds[0] = 0
	// and bounds[Size()] = len(data). All processes pass the same bounds. None returns
	// before all have called it. An error of it is the end of the group.
	Gather(data []byte, bounds []int) error
}

// Sharer is a [Group] whose processes on one machine can have memory in common.
// A trainer keeps the weights in it from its first step to its last, and what the
// processes tell each other: a gather of it copies between machines only, and the
// machine has the weights once.
type Sharer interface {
	Group
	// Share is n bytes, aligned to 64, that are the same memory in all processes of
	// a machine, with any content; or nil, in all processes alike, if they cannot
	// have that. All processes call it at the same time with the same n. When one
	// has written its part of it, Gather shows that to the others.
	Share(n int) ([]byte, error)
	// Unshare gives back what Share returned. No process uses it any more.
	Unshare(memory []byte)
}
