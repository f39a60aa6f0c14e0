"""How much a training site may ask, and how often its trainees may be wrong."""
