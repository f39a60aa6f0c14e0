"""Accounts and sessions of the people who help."""
