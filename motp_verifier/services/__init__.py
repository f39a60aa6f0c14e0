"""What the verifier decides. Nothing here knows HTTP."""
