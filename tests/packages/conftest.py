"""These take minutes, root and Debian's mirror: `make test-packages` runs them, no other run."""

import os

collect_ignore_glob = [] if os.environ.get("MOTP_TEST_PACKAGES") else ["test_*.py"]
