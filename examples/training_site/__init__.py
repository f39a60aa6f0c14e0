"""A small training site that has its trainees' codes checked. Copy what you need."""
