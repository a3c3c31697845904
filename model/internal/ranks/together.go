package ranks

// All does in each process what may fail in one alone, and then all have an error: see [Agree].
func All(g Group, known error, do func() error) error {
	return Together(g, do, func(err error) error { return Agree(g, err, known) })
}

// Together is All where the processes agree by something that is gathered anyway. A panic of do goes on in its process, as in a
// group of one, and so does an exit of its goroutine; the others have an error, and are not to wait for it any more: see [Over].
func Together(g Group, do func() error, agree func(err error) error) error {
	if g.Size() == 1 {
		return do()
	}
	returned := false
	defer func() {
		if returned {
			return
		}
		value := recover()
		_ = agree(panicked{value})
		if value != nil {
			panic(value)
		}
	}()
	err := do()
	returned = true
	return agree(err)
}
