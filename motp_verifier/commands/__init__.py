"""What the commands of `motp-verifier` print and how they end."""
