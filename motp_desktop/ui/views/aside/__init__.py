"""The pages over the journey."""
