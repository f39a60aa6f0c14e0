"""What the helpdesk's console calls."""
