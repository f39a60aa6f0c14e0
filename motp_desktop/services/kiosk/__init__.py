"""A PC that many trainees share: its own identity, and one visit at a time."""
