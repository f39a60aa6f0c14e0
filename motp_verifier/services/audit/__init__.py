"""The audit: who did what to whom, sealed so that nobody can change it unseen."""
