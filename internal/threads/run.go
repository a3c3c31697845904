package threads

// run has all threads do the job, waits for them and makes the pool free. The
// pool must be busy with the call.
func (p *Pool) run(j job) {
	p.job = j
	p.done.Add(len(p.wake))
	for _, c := range p.wake {
		c <- struct{}{}
	}
	returned := false
	defer func() { p.finish(returned) }()
	j.share(p, 0)
	returned = true
}

// finish waits for the workers, makes the pool free and passes a worker's
// failure on. It is deferred, so a panic or Goexit of the caller's goroutine goes
// on after it.
func (p *Pool) finish(returned bool) {
	if !returned {
		p.fail(failure{how: callersOwn})
	}
	p.done.Wait()
	p.job = job{}
	if p.failure.how == none {
		p.end()
		return
	}
	f := p.failure
	p.failure = failure{}
	p.legs.reset()
	p.end()
	f.raise()
}
