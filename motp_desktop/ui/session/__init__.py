"""What the person's session on this PC tells: that it locks, or that the PC goes to sleep."""
