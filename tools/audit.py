"""`python -m tools.audit`: the pinned packages against the known vulnerabilities.

Asks what pip-audit asks: a service on the network, so that this is no part of `make test`.
Exit code 0 where every package was looked up and none has a vulnerability that is not accepted
with a reason in `requirements/accepted-vulnerabilities.txt`; 1 where one has; 2 where nothing
can be said, because a package could not be looked up.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_REQUIREMENTS = Path(__file__).parents[1] / "requirements"
_PINS = ("run.txt", "dev.txt")
_OPTIONS = (
    "--disable-pip",
    "--require-hashes",
    *("--progress-spinner", "off"),
    *("--timeout", "10"),
    *("--format", "json"),
)
_ACCEPTED = _REQUIREMENTS / "accepted-vulnerabilities.txt"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a report comes to: the exit code, and a line for each finding."""

    code: int
    lines: list[str]


def main() -> int:
    """Look up all pins, and say what was found."""
    accepted = read_accepted(_ACCEPTED.read_text("utf-8"))
    worst = 0
    for pins in _PINS:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pip_audit",
                *_OPTIONS,
                "--requirement",
                str(_REQUIREMENTS / pins),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        verdict = judge(done.stdout, accepted)
        print(f"requirements/{pins}:", *verdict.lines, sep="\n  ")
        if verdict.code:
            worst = max(worst, verdict.code) if worst != 1 else 1
    return worst


def read_accepted(text: str) -> dict[str, str]:
    """Ids and their reasons. Raises ValueError for an id without a reason."""
    accepted = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            name, _, reason = line.strip().partition(" ")
            if not reason.strip():
                raise ValueError(f"{name}: say why it is accepted")
            accepted[name] = reason.strip()
    return accepted


def judge(report: str, accepted: dict[str, str]) -> Verdict:
    """What pip-audit's JSON comes to; anything else is no report."""
    try:
        packages: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Verdict(2, ["the vulnerability service cannot be reached; nothing was checked"])
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    found, lines = False, []
    for each in packages:
        for known in each.get("vulns", []):
            ids = [known["id"], *known.get("aliases", [])]
            reason = next((accepted[name] for name in ids if name in accepted), "")
            found = found or not reason
            what = f"accepted: {reason}" if reason else f"fixed in {known.get('fix_versions', [])}"
            lines.append(f"{each['name']} {each['version']}: {'/'.join(ids)}, {what}")
    if found:
        return Verdict(1, lines)
    if skipped:
        some = ", ".join(skipped[:3])
        return Verdict(2, [*lines, f"{len(skipped)} packages were not looked up: {some}"])
    return Verdict(0, [*lines, f"{len(packages)} packages, nothing known against them"])


if __name__ == "__main__":
    raise SystemExit(main())
