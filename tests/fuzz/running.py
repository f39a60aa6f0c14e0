"""One run of schemathesis, and what it came to."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.architecture.imports import ROOT
from tests.fuzz.world import fuzz_world

_CONFIG = Path(__file__).with_name("schemathesis.toml")


@dataclass(frozen=True, slots=True)
class FuzzResult:
    """Whether all was well, in schemathesis's words, and what was answered how often.

    `reached` counts `METHOD /path status slug`; `missed` are the documented answers, by
    status, that no request got.
    """

    clean: bool
    said: str
    reached: Counter[str]
    missed: list[str]


def fuzz(folder: Path, database_url: str, arguments: Sequence[str]) -> FuzzResult:
    """Run schemathesis with `arguments` against a verifier over one database."""
    with fuzz_world(folder, database_url) as world:
        reached = folder / "reached"
        document = f"{world.origin}/schema/openapi.json"
        command = [str(Path(sys.executable).with_name("st")), "--config-file", str(_CONFIG), "run"]
        done = subprocess.run(
            [*command, document, *arguments],
            cwd=folder,
            env=os.environ
            | {
                "PYTHONPATH": str(ROOT),
                "SCHEMATHESIS_HOOKS": "tests.fuzz.hooks",
                "MOTP_FUZZ_WORLD": str(world.file),
                "MOTP_FUZZ_REACHED": str(reached),
                "NO_COLOR": "1",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        lines = reached.read_text("utf-8").splitlines() if reached.exists() else []
        documented = _documented(httpx.get(document, trust_env=False).json())
        faults = [line for line in world.log.read_text("utf-8").splitlines() if " failed" in line]
    answered = {line.rpartition(" ")[0] for line in lines}
    return FuzzResult(
        clean=done.returncode == 0 and not faults,
        said="\n".join([done.stdout, done.stderr, *faults]),
        reached=Counter(line.strip() for line in lines),
        missed=[each for each in documented if each not in answered],
    )


def _documented(schema: Any) -> list[str]:
    return [
        f"{method.upper()} {path} {status}"
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
        for status in operation["responses"]
    ]
