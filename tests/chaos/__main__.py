"""`make chaos`: kills and restarts under load for as long as one likes, and a table of the result.

python -m tests.chaos [--seconds N] [--every SECONDS] [--trainees N] [--seed N]
"""

import argparse
import tempfile
from functools import partial
from pathlib import Path

from tests.chaos.monkey import Mischief, for_seconds, plan
from tests.chaos.trial import Report, Scenario, hold
from tests.support.databases import Cluster

_ANSWERS = ("accepted", "code-used", "code-wrong", "locked", "503", "cut off")
_SHOWN_FAULTS = 20


def main() -> int:
    """Hold the three trials; 1 where anything was wrong."""
    options = _options()
    reports = {}
    with Cluster(durable=True) as cluster:
        for name, servers, workers, database in (
            ("PostgreSQL, 2 servers", 2, 1, cluster),
            ("PostgreSQL, 2 workers", 1, 2, cluster),
            ("SQLite, 1 process", 1, 1, None),
        ):
            print(f"{name}: {options.seconds} s, kill -9 every {options.every} s …", flush=True)
            kills = max(3, int(options.seconds / options.every))
            scenario = Scenario(
                servers=servers,
                workers=workers,
                cluster=database,
                trainees=options.trainees,
                plan=plan(kills, database=database is not None),
                pause=partial(for_seconds, seconds=options.every),
                seed=options.seed,
            )
            with tempfile.TemporaryDirectory(prefix="motp-chaos-") as folder:
                reports[name] = hold(scenario, Path(folder))
    print()
    _show(reports)
    return 1 if any(each.faults for each in reports.values()) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("--seconds", type=float, default=90, help="about how long each trial lasts")
    parser.add_argument("--every", type=float, default=3, help="seconds between two kills")
    parser.add_argument("--trainees", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1, help="which requests, in which order")
    return parser.parse_args()


def _show(reports: dict[str, Report]) -> None:
    mischief = tuple(Mischief)
    print("|", " | ".join(("", "s", "sent", *_ANSWERS, *mischief, "faults")), "|")
    print("|", " | ".join(["---"] * (4 + len(_ANSWERS) + len(mischief))), "|")
    for name, each in reports.items():
        cells = [
            name,
            f"{each.seconds:.0f}",
            f"{each.sent:,}",
            *(f"{each.said[what]:,}" for what in _ANSWERS),
            *(str(each.mischief[what]) for what in mischief),
            str(len(each.faults)),
        ]
        print("|", " | ".join(cells), "|")
    for name, each in reports.items():
        for fault in each.faults[:_SHOWN_FAULTS]:
            print(f"{name}: {fault}")
    if not any(each.faults for each in reports.values()):
        print(
            "Every code was accepted at most once, every acknowledged check is in the audit, which "
            "verifies; nothing was answered with 5xx but 503 and Retry-After; every lock count is "
            "what the checks make."
        )


if __name__ == "__main__":
    raise SystemExit(main())
