package atomicfile

// Step is a call to the system by which a file is replaced.
type Step string

// The steps of [Write], in their order; a file takes several writes.
const (
	StepCreate Step = "create"
	StepWrite  Step = "write"
	StepSync   Step = "sync"
	StepRename Step = "rename"
	StepFolder Step = "sync of the folder"
)

// Fault is for tests of what a full disk, a broken one or a crash leaves. If it is not
// nil it is called before each step, for the file that is to be replaced, and its error
// takes the place of the step. It must not be changed while files are written.
var Fault func(step Step, path string) error

func fault(step Step, path string) error {
	if Fault == nil {
		return nil
	}
	return Fault(step, path)
}
