"""Runs a frozen app's commands, on any system: `python try_it.py PROGRAM`."""

import json
import subprocess
import sys

HAS_TO_BE_WELL = ("data-folder", "libraries", "font")


def main(program: str) -> int:
    """0 where the program works but for what this machine lacks: a verifier, a keychain."""
    version = _run(program, "--version")
    if not version.startswith("motp-desktop ") or version.split()[1] == "(not":
        sys.stderr.write(f"no version: {version}\n")
        return 1
    told = _run(program, "doctor", "--json")
    found = {each["part"]: each["verdict"] for each in json.loads(told)["findings"]}
    unwell = [part for part in HAS_TO_BE_WELL if found.get(part, "ok") == "bad"]
    sys.stdout.write(f"{version.strip()}: {found}\n")
    return 1 if unwell else 0


def _run(*command: str) -> str:
    done = subprocess.run(  # noqa: S603 - what the caller named
        command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )
    sys.stderr.write(done.stderr)
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
