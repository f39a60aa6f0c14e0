"""What the helpdesk is told of people, and what it may do for them."""
