"""`python -m tests.fuzz [--examples N] [--seconds N] [--seed N]`: schemathesis over the whole API.

A verifier of one's own on loopback, over SQLite and then over PostgreSQL. Says what was
answered how often, and which documented answers nobody got. Exit code 1 where anything
undocumented was answered.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.fuzz.running import FuzzResult, fuzz
from tests.support.databases import Cluster


def main() -> int:
    """Run both, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=400)
    parser.add_argument("--seconds", type=int, default=900, help="at least, for each database")
    parser.add_argument("--seed", type=int)
    given = parser.parse_args()
    arguments = ["--max-examples", str(given.examples), "--max-time", str(given.seconds)]
    arguments += ["--seed", str(given.seed)] if given.seed is not None else []
    clean = True
    with Cluster() as cluster, tempfile.TemporaryDirectory() as folder:
        for name, url in (("SQLite", ""), ("PostgreSQL", cluster.new_database())):
            sys.stdout.write(f"== {name}\n")
            sys.stdout.flush()
            result = fuzz(Path(folder) / name, url, [*arguments, "--continue-on-failure"])
            _report(result)
            clean = clean and result.clean
    return 0 if clean else 1


def _report(result: FuzzResult) -> None:
    answers = [f"{times:>7} {answer}" for answer, times in sorted(result.reached.items())]
    missed = [f"  never {each}" for each in result.missed]
    sys.stdout.write("\n".join([result.said, *answers, *missed, ""]))
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
