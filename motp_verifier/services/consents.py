"""The consent documents, and which of them is in force."""

import json
from pathlib import Path

from motp_protocol import wire
from motp_protocol.consent import ConsentDocument, document_hash
from motp_protocol.encoding import canonical_json
from motp_protocol.fields import Language
from motp_protocol.messages import ConsentGiven, ConsentVersion

LANGUAGES: tuple[Language, ...] = ("ko", "en")


class BadConsentDocument(Exception):
    """A consent document is missing or not of its form. The message names the file."""


class Consents:
    """Every document of a folder: `<version>.<language>.json`, without the hash member."""

    def __init__(self, folder: Path, current: str) -> None:
        """Load the documents; `current` is the version in force.

        Raises BadConsentDocument where one is not of its form, or where the version in
        force does not exist in every language.
        """
        self._documents: dict[tuple[str, str], ConsentDocument] = {}
        for path in sorted(folder.glob("*.json")):
            document = _load(path)
            self._documents[document.version, document.lang] = document
        for lang in LANGUAGES:
            if (current, lang) not in self._documents:
                raise BadConsentDocument(f"{folder} has no document {current}.{lang}.json")
        self._current = current

    @property
    def current(self) -> ConsentVersion:
        """The version in force and its hashes."""
        return ConsentVersion(
            version=self._current,
            languages={lang: self._documents[self._current, lang].sha256 for lang in LANGUAGES},
        )

    def find(self, version: str, lang: str) -> ConsentDocument | None:
        """The document of a version in a language."""
        return self._documents.get((version, lang))

    def is_current(self, given: ConsentGiven) -> bool:
        """Whether the person agreed to the very text that is in force."""
        return (
            given.version == self._current
            and self._documents[self._current, given.lang].sha256 == given.sha256
        )


def _load(path: Path) -> ConsentDocument:
    try:
        members = json.loads(path.read_text("utf-8"))
        members["sha256"] = document_hash(members)
        document = wire.decode(canonical_json(members), ConsentDocument)
    except (OSError, ValueError, TypeError) as error:
        raise BadConsentDocument(f"{path}: {error}") from error
    if path.name != f"{document.version}.{document.lang}.json":
        raise BadConsentDocument(f"{path} holds {document.version} in {document.lang}")
    return document
