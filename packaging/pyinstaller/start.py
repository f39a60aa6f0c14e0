"""Where the frozen program begins."""

import sys

from motp_desktop.cli import main

sys.exit(main())
