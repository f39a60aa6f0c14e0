"""What is deleted when its time is over, and what shows that it was."""
