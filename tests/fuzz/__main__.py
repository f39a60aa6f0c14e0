"""`python -m tests.fuzz [--seconds N] [--seed N]`: schemathesis over the whole API.

A verifier of one's own on loopback, over SQLite and then over PostgreSQL where it is
installed. Exit code 1 where anything undocumented was answered.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from demo.stack import VerifierProcess, add_institution
from motp_verifier.config import load_config
from tests.architecture.imports import ROOT
from tests.fuzz.world import FuzzWorld
from tests.support.databases import Cluster

CONFIG = Path(__file__).with_name("schemathesis.toml")


def fuzz(folder: Path, database_url: str, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Run schemathesis against a verifier over one database."""
    data_dir = folder / "data"
    data_dir.mkdir(parents=True)
    settings = data_dir / "config.toml"
    settings.write_text(f'database_url = "{database_url}"\n', "utf-8")
    configured = ("--config", str(settings))
    api_key = add_institution(data_dir, *configured)
    with VerifierProcess(data_dir, *configured) as verifier:
        config = load_config(settings, {}, {"data_dir": str(data_dir)})
        world = folder / "world.json"
        FuzzWorld(verifier.origin, data_dir, config.database(), api_key).write(world)
        return subprocess.run(
            [
                str(Path(sys.executable).with_name("st")),
                "--config-file",
                str(CONFIG),
                "run",
                f"{verifier.origin}/schema/openapi.json",
                *arguments,
            ],
            cwd=folder,
            env=os.environ
            | {
                "PYTHONPATH": str(ROOT),
                "SCHEMATHESIS_HOOKS": "tests.fuzz.hooks",
                "MOTP_FUZZ_WORLD": str(world),
                "NO_COLOR": "1",
            },
            capture_output=True,
            text=True,
            check=False,
        )


@contextlib.contextmanager
def databases() -> Iterator[list[tuple[str, str]]]:
    """The databases to try: their names and addresses."""
    with Cluster() as cluster:
        yield [("SQLite", ""), ("PostgreSQL", cluster.new_database())]


def main() -> int:
    """Run both, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=400)
    parser.add_argument("--seconds", type=int, default=900)
    parser.add_argument("--seed", type=int)
    given = parser.parse_args()
    arguments = ["--max-examples", str(given.examples), "--max-time", str(given.seconds)]
    arguments += ["--seed", str(given.seed)] if given.seed is not None else []
    failed = False
    with databases() as each, tempfile.TemporaryDirectory() as folder:
        for name, url in each:
            sys.stdout.write(f"== {name}\n")
            done = fuzz(Path(folder) / name, url, [*arguments, "--continue-on-failure"])
            sys.stdout.write(f"{done.stdout}\n{done.stderr}\n")
            failed = failed or done.returncode != 0
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
