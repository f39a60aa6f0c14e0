"""The folder of policy files: read at start, and again when a file changes."""

import logging
from collections.abc import Mapping
from pathlib import Path

from motp_verifier.services.site_policy.model import DEFAULT_POLICY, SitePolicy
from motp_verifier.services.site_policy.reading import BadPolicy, institution_of, read_policy

_log = logging.getLogger(__name__)

_Stamp = tuple[int, int, int]


class Policies:
    """The policies by institution, in memory."""

    def __init__(self, folder: Path | None) -> None:
        """`folder` is None where every institution has the default policy."""
        self._folder = folder
        self._stamps: dict[Path, _Stamp] = {}
        self._policies: Mapping[str, SitePolicy] = {}
        self._page_origins: frozenset[str] = frozenset()

    def of(self, institution_id: str) -> SitePolicy:
        """The policy that is in force for an institution now."""
        return self._policies.get(institution_id, DEFAULT_POLICY)

    def page_origins(self) -> frozenset[str]:
        """The origins of all pages that may use the form interface in anybody's name."""
        return self._page_origins

    def name_required(self, institution_id: str, course: str, class_: str) -> bool:
        """Whether a check for this class needs a number in the trainee's own name."""
        return self.of(institution_id).of(course, class_).require_name_verified

    def name_ever_required(self, institution_id: str) -> bool:
        """Whether any course of this institution does."""
        policy = self.of(institution_id)
        parts = (policy.general, *policy.courses.values(), *policy.classes.values())
        return any(part.require_name_verified for part in parts)

    def load(self) -> tuple[str, ...]:
        """Read what changed; say what is wrong with it.

        Where a file is wrong, what was read of it before stays in force. Raises OSError
        where the folder cannot be listed.
        """
        if self._folder is None:
            return ()
        stamps = {file: _stamp(file) for file in policy_files(self._folder)}
        if stamps == self._stamps:
            return ()
        policies: dict[str, SitePolicy] = {}
        faults: list[str] = []
        for file, stamp in stamps.items():
            institution_id = institution_of(file)
            before = self._policies.get(institution_id or "")
            if stamp == self._stamps.get(file):
                read: SitePolicy | BadPolicy | None = before
            else:
                read = _read(file)
            if isinstance(read, BadPolicy):
                faults.extend(read.faults)
                read = before
            if institution_id is not None and read is not None:
                policies[institution_id] = read
        self._policies = policies
        self._page_origins = frozenset().union(
            *(each.form_interface.page_origins for each in policies.values())
        )
        self._stamps = stamps
        return tuple(faults)

    async def reload(self) -> None:
        """Read what changed, and log what is wrong with it: once, until it changes again."""
        try:
            faults = self.load()
        except OSError as error:
            _log.warning("cannot read the folder of policies: %s", error.strerror)
            return
        for fault in faults:
            _log.error("a policy is wrong, the one before stays in force: %s", fault)


def policy_files(folder: Path) -> list[Path]:
    """The policy files of a folder, by name. Raises OSError where there is no such folder."""
    # Not `glob`: it finds nothing in a folder that is gone, and that is not the same.
    return sorted(file for file in folder.iterdir() if file.suffix == ".toml")


def _read(file: Path) -> SitePolicy | BadPolicy:
    try:
        return read_policy(file)
    except OSError as error:
        return BadPolicy((f"{file}: cannot be read: {error.strerror}",))


def _stamp(file: Path) -> _Stamp:
    """What changes when a file is written or replaced."""
    try:
        found = file.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_size, found.st_ino)
