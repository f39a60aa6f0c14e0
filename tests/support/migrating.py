"""A process that brings a database up to date, and perhaps dies on the way."""

import os
import signal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from motp_verifier.config import load_config
from motp_verifier.store.migrate import migrate


def run(config: str, dies_at: str = "") -> None:
    """Migrate; `dies_at` is the revision whose changes are made when the process is killed."""
    if dies_at:

        @event.listens_for(Engine, "before_cursor_execute")
        def die(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            if "alembic_version" in statement and f"'{dies_at}'" in statement:
                os.kill(os.getpid(), signal.SIGKILL)

    migrate(load_config(Path(config), {}).database())
