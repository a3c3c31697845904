package run

import "time"

// clock measures the time spent on an epoch. A clock that was not started
// stands still.
type clock struct {
	began   time.Time
	carried time.Duration // before an interruption
}

// start begins, or goes on after an interruption.
func (c *clock) start() { c.began = time.Now() }

// restart begins the next epoch.
func (c *clock) restart() { c.began, c.carried = time.Now(), 0 }

// elapsed is the time spent on the epoch.
func (c *clock) elapsed() time.Duration {
	if c.began.IsZero() {
		return c.carried
	}
	return c.carried + time.Since(c.began)
}

// stop leaves out what passes before resume is called.
func (c *clock) stop() (resume func()) {
	stopped := time.Now()
	return func() {
		if !c.began.IsZero() {
			c.began = c.began.Add(time.Since(stopped))
		}
	}
}
