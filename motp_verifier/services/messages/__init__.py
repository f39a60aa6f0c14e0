"""Text messages to people: one port, one adapter for each way out."""
