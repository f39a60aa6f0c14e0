"""What the person set, in a file of the data folder."""

import logging
from collections.abc import Mapping
from itertools import count

import msgspec

from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.adapters.setting_values import (
    NAMES,
    SettingsError,
    read_choices,
    write_choices,
)
from motp_desktop.services.ports import StorageError
from motp_desktop.services.settings import Choices, Kept

NAME = "preferences.json"
_LIMIT = 64 * 1024
_log = logging.getLogger(__name__)


class Preferences:
    """Implements `settings.ChoicesStore`.

    Nothing depends on the file: one that cannot be read is put aside under another name, a
    value that is no good is left out, and both are named. Members that this version does not
    know are kept, for a newer one may.
    """

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._unknown: dict[str, object] = {}

    def load(self) -> Kept:
        """What was kept, and what of it could not be used."""
        try:
            stored = self._folder.read(NAME, _LIMIT)
        except StorageError as error:
            return self._told(Kept(faults=(f"{NAME}: {error.fault.value}",)))
        if stored is None:
            return Kept()
        try:
            members = msgspec.json.decode(stored, type=dict[str, object])
        except (msgspec.DecodeError, UnicodeDecodeError):
            return self._told(Kept(faults=(self._put_aside(),)))
        self._unknown = {name: value for name, value in members.items() if name not in NAMES}
        return self._told(_usable(members))

    def save(self, choices: Choices) -> None:
        """Replace what was kept, in one step. Raises StorageError."""
        self._folder.write(NAME, msgspec.json.encode(self._unknown | write_choices(choices)))

    def _put_aside(self) -> str:
        """The name under which a broken file now lies."""
        try:
            free = next(
                candidate
                for number in count(1)
                if not self._folder.exists(candidate := f"{NAME}.damaged-{number}")
            )
            self._folder.rename(NAME, free)
        except StorageError:
            return NAME
        return free

    def _told(self, kept: Kept) -> Kept:
        for fault in kept.faults:
            _log.warning("a setting could not be used: %s", fault)
        return kept


def _usable(members: Mapping[str, object]) -> Kept:
    choices, faults = Choices(), []
    for name in NAMES:
        if members.get(name) is not None:
            try:
                choices = read_choices({name: members[name]}).over(choices)
            except SettingsError:
                faults.append(f"{NAME}: {name}")
    return Kept(choices, tuple(faults))
