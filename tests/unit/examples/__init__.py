"""The programs to copy from."""
