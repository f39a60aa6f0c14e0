"""`python -m motp_desktop`."""

import sys

from motp_desktop.cli import main

sys.exit(main())
