"""The main job on one machine: a verifier, a sample institution, a sample site and the app."""
