"""Programs to copy from. None imports anything else of this repository."""
