"""A PC with a registration, and a verifier for it."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motp_desktop.bootstrap import build_services
from motp_desktop.config import Settings
from tests.support.app_life import Life
from tests.support.live_verifier import live_verifier

_CHILD_SECONDS = 55


@dataclass(frozen=True, slots=True)
class Place:
    """Where the app is started; its keys are in a key file, so that no keychain is asked."""

    origin: str
    data_dir: Path

    def child(self, module: str, *arguments: str) -> Any:
        """Run `bench.desktop.<module>` in a process of its own; the JSON that it prints last."""
        done = subprocess.run(
            [sys.executable, "-m", f"bench.desktop.{module}", *arguments],
            check=False,
            capture_output=True,
            text=True,
            timeout=_CHILD_SECONDS,
            env=os.environ
            | {
                "QT_QPA_PLATFORM": "offscreen",
                "PYTHONDONTWRITEBYTECODE": "",
                "MOTP_DESKTOP_VERIFIER_ORIGIN": self.origin,
                "MOTP_DESKTOP_DATA_DIR": str(self.data_dir),
            },
        )
        if done.returncode != 0:
            raise RuntimeError(f"{module}: {done.stderr[-2000:]}")
        return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def registered() -> Iterator[Place]:
    """A verifier on loopback, and a data folder that is registered with it."""
    with tempfile.TemporaryDirectory(prefix="motp-bench-") as name:
        folder = Path(name)
        with live_verifier(folder / "verifier") as verifier:
            place = Place(verifier.origin, folder / "app")
            services = build_services(Settings(place.origin, place.data_dir))
            services.opening.use_key_file()
            Life(services, verifier, verifier.new_person()).enrol()
            yield place
