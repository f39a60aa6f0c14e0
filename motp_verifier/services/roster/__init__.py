"""Rosters: who an institution's trainees are, from a file into the store."""
