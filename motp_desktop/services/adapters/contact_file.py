"""The last contact, in a file of the data folder."""

import contextlib

from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.contacts import Contact
from motp_desktop.services.ports import StorageError
from motp_protocol import wire

NAME = "last-contact.json"
_LIMIT = 4096


class ContactFile:
    """Implements `contacts.ContactBook`."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder

    def note(self, contact: Contact) -> None:
        """Keep it in place of the one before."""
        with contextlib.suppress(StorageError):
            self._folder.write(NAME, wire.encode(contact), durable=False)

    def last(self) -> Contact | None:
        """The last one, or None where none is known."""
        try:
            stored = self._folder.read(NAME, _LIMIT)
            return None if stored is None else wire.decode(stored, Contact)
        except (StorageError, ValueError):
            return None

    def forget(self) -> None:
        """Forget it."""
        with contextlib.suppress(StorageError):
            self._folder.delete(NAME)
