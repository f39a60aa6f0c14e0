"""What may not stand in any file of the repository."""

import subprocess

import pytest

from tests.architecture.imports import ROOT

# In parts, so that this file does not name them itself.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("python" + "hosted", "org"),
        ("deb", "debian", "org"),
        ("registry", "npmjs"),
    )
]


def tracked_files() -> list[str]:
    run = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if run.returncode != 0:
        pytest.skip("not a git working tree")
    return [name for name in run.stdout.split("\0") if name]


@pytest.mark.parametrize("host", HOSTS)
def test_no_tracked_file_names_a_package_registry(host: str) -> None:
    named = [
        name
        for name in tracked_files()
        if (ROOT / name).is_file() and host.encode() in (ROOT / name).read_bytes().lower()
    ]
    assert not named, (
        f"{named} name {host}: packages come from the configured index, whatever it is; "
        "leave the address out"
    )
