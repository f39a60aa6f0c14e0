"""A Debian 12 in a folder with nothing but its essential packages, made by debootstrap.

Made once and kept in `build/bare-debian`, with what was fetched for it. Nothing is started in
it: there is no systemd, and its packages are told so (`policy-rc.d`).
"""

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Self

SUITE = "bookworm"
PROGRAMS = ("debootstrap", "lintian", "unshare", "chroot", "tar")

_NO_STARTS = "#!/bin/sh\nexit 101\n"
_APT = 'APT::Keep-Downloaded-Packages "true";\nAPT::Install-Recommends "false";\n'
_KEEP_SECONDS = 7 * 86_400
"""After that the mirror may no longer have what the lists in it name."""
_ENVIRONMENT = {
    "DEBIAN_FRONTEND": "noninteractive",
    "LANG": "C.UTF-8",
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
}
_IN_ROOT = 'mount -t proc proc "$0/proc" && mount -t tmpfs shm "$0/dev/shm" && exec chroot "$@"'


def obstacle() -> str:
    """In one sentence why this machine has no bare Debian to offer; empty where it has."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "only root can make a Debian in a folder"
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    return f"the Debian packages of {', '.join(missing)} are missing here" if missing else ""


class BareDebian:
    """A context manager; what it made is gone afterwards, but for what it fetched."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self.folder = folder
        self._kept = kept

    def __enter__(self) -> Self:
        base = self._kept / f"{SUITE}.tar"
        if not base.is_file() or time.time() - base.stat().st_mtime > _KEEP_SECONDS:
            self._make(base)
        self.folder.mkdir(parents=True)
        subprocess.run(["tar", "-xpf", base, "-C", self.folder], check=True)
        fetched = self._kept / "archives"
        fetched.mkdir(exist_ok=True)
        shutil.copytree(fetched, self._archives, dirs_exist_ok=True)
        return self

    def __exit__(self, *_error: object) -> None:
        for package in self._archives.glob("*.deb"):
            if not (self._kept / "archives" / package.name).exists():
                shutil.copy(package, self._kept / "archives")
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, place: str) -> Path:
        """A place in it, as it is seen from here."""
        return self.folder / place.lstrip("/")

    def run(self, *command: str, user: str = "root", check: bool = True) -> str:
        """Run a command in it; all that it said. Raises AssertionError where it failed."""
        done = subprocess.run(
            self.command(*command, user=user),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env=_ENVIRONMENT,
            check=False,
        )
        assert done.returncode == 0 or not check, f"{command}:\n{done.stdout}"
        return done.stdout

    def start(self, *command: str, user: str = "root") -> "subprocess.Popen[str]":
        """Start a program in it, that hears and is heard; its signals reach it."""
        return subprocess.Popen(
            self.command(*command, user=user),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=_ENVIRONMENT,
            umask=0o077,
        )

    def command(self, *command: str, user: str = "root") -> list[str]:
        """The same as a command for here: mounts are its own, and end with it."""
        mounts = ["unshare", "--mount", "sh", "-c", _IN_ROOT, str(self.folder)]
        inside = [f"--userspec={user}", str(self.folder), "env", f"HOME={self._home(user)}"]
        return [*mounts, *inside, *command]

    def install(self, *packages: str) -> str:
        """Install packages of Debian's by name, or ours by their files out here."""
        wanted = [self._bring(each) if each.endswith(".deb") else each for each in packages]
        return self.run("apt-get", "--yes", "install", *wanted)

    @property
    def _archives(self) -> Path:
        return self.path("/var/cache/apt/archives")

    def _home(self, user: str) -> str:
        lines = self.path("/etc/passwd").read_text("utf-8").splitlines()
        return next(each.split(":")[5] for each in lines if each.startswith(f"{user}:"))

    def _bring(self, file: str) -> str:
        shutil.copy(file, self.path("/root"))
        return f"/root/{Path(file).name}"

    def _make(self, base: Path) -> None:
        draft = self._kept / f"{SUITE}.draft"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        mirror = [os.environ["DEBIAN_MIRROR"]] if "DEBIAN_MIRROR" in os.environ else []
        with (self._kept / "debootstrap.log").open("wb") as log:
            subprocess.run(
                ["debootstrap", "--variant=minbase", SUITE, str(draft), *mirror],
                stdout=log,
                stderr=log,
                check=True,
            )
        policy = draft / "usr/sbin/policy-rc.d"
        policy.write_text(_NO_STARTS, "ascii")
        policy.chmod(0o755)
        keep = draft / "etc/apt/apt.conf.d/90keep"
        keep.write_text(_APT, "ascii")
        new = base.with_suffix(".new")
        subprocess.run(["tar", "-cpf", new, "-C", draft, "."], check=True)
        new.rename(base)
        shutil.rmtree(draft)
