"""What the app says of each outcome: one place, so that one thing has one wording."""
