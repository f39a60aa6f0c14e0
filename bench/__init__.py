"""Measures the verifier on this machine, beside what the same machine can do at most."""
