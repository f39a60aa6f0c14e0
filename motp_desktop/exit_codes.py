"""The exit statuses of `motp-desktop`; `--help` and docs/desktop.md list them."""

DONE = 0
WRONG = 1
BAD_USAGE = 2
CANNOT_SHOW = 3
NOT_REGISTERED = 4
UNUSABLE = 5
NOT_CONFIRMED = 6
NOT_TOLD = 7
