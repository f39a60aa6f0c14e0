"""Identity verification by the carriers: one port, one adapter for each service."""
