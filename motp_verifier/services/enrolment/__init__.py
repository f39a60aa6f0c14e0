"""From a name and a number to an active registration, in three steps."""
