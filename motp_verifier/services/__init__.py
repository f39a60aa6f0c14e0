"""The verifier's use cases. No HTTP serving, no SQL text."""
