"""What `make release` puts into dist/."""
