"""The view models of a kiosk, around those of each trainee's journey."""
