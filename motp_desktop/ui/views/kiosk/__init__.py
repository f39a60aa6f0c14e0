"""A kiosk's screens."""
