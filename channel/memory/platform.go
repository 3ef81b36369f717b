package memory

// Ban is the platform closing our account to everything that writes, until Pardon.
func (c *Channel) Ban() {
	defer c.lock()()
	c.banned = true
}

// Pardon ends a Ban.
func (c *Channel) Pardon() {
	defer c.lock()()
	c.banned = false
}

// Rotate is the platform taking a new login and no more the one that we have: every call fails until LogIn.
func (c *Channel) Rotate() {
	defer c.lock()()
	c.out = true
}

// LogIn is somebody of ours logging in again.
func (c *Channel) LogIn() {
	defer c.lock()()
	c.out = false
}

// Expire makes every cursor that was given so far unknown.
func (c *Channel) Expire() {
	defer c.lock()()
	c.expired++
}

// Lose is the platform keeping nothing of what there was to hear so far. Who comes with an older cursor is told that
// there is a gap.
func (c *Channel) Lose() {
	defer c.lock()()
	c.lost = len(c.news)
}

// Break adds a fault to the script: the next call of f.Op goes wrong.
func (c *Channel) Break(f Fault) {
	defer c.lock()()
	f.Call = c.calls[f.Op] + 1
	c.Faults = append(c.Faults, f)
}
