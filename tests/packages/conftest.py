"""These take minutes and more than this project's packages: no run of all tests has them.

`make test-packages` runs those of Debian's packages, with root and Debian's mirror, and
`make freeze` those of the frozen app.
"""

import os

collect_ignore_glob = [
    name
    for name, variable in (
        ("test_debian_*.py", "MOTP_TEST_PACKAGES"),
        ("test_frozen.py", "MOTP_TEST_FROZEN"),
    )
    if not os.environ.get(variable)
]
