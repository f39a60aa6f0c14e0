"""What the person likes, kept in the data folder: so far, which language."""

import logging

import msgspec

from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.ports import StorageError
from motp_protocol.fields import Language

_NAME = "preferences.json"
_LIMIT = 4096
_log = logging.getLogger(__name__)


class _Kept(msgspec.Struct):
    language: Language | None = None


class Preferences:
    """A small file that may be lost without harm: faults are logged and otherwise ignored."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder

    def language(self) -> Language | None:
        """The language chosen last, or None where none was."""
        try:
            kept = self._folder.read(_NAME, _LIMIT)
            return msgspec.json.decode(kept or b"{}", type=_Kept).language
        except (StorageError, msgspec.DecodeError, UnicodeDecodeError):
            return None

    def keep_language(self, lang: Language) -> None:
        """Remember a language."""
        try:
            self._folder.write(_NAME, msgspec.json.encode(_Kept(lang)))
        except StorageError as error:
            _log.warning("the language could not be kept: %s", error.fault.value)
