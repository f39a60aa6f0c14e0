"""`motp-verifier keys rotate` in a process that dies where it is told to, as `kill -9` would."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from motp_verifier.config import load_config
from motp_verifier.key_file import KeyFile
from motp_verifier.runtime import open_runtime, system_clock
from motp_verifier.services.key_rotation import KeyRotation

KEY_FILE_DRAFTED = "key file drafted"
KEY_FILE_RENAMED = "key file renamed"


def run(config: str, dies_at: str = "") -> None:
    """Rotate; `dies_at` is one of the above, or a step of a write (see `GroupedStore`).

    Ends with an error where the rotation was not finished.
    """
    settings = load_config(Path(config), {})
    key_file = settings.master_keys()

    def die_at(step: str) -> None:
        if step == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    renamed = False

    def listen(what: str, arguments: tuple[Any, ...]) -> None:
        # The interpreter tells of each operation before it does it.
        nonlocal renamed
        if what == "os.rename" and Path(arguments[1]) == key_file:
            die_at(KEY_FILE_DRAFTED)
            renamed = True
        elif renamed and what == "open":
            die_at(KEY_FILE_RENAMED)

    sys.addaudithook(listen)
    runtime = open_runtime(settings, on_step=die_at)

    async def at_once() -> None:
        """Nobody else seals."""

    rotation = KeyRotation(
        runtime.store, runtime.keys, KeyFile(key_file), system_clock, until_seen=at_once
    )
    done = asyncio.run(rotation.rotate())
    runtime.close()
    if not done.finished or done.broken:
        raise SystemExit(1)
