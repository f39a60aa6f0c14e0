"""The consent document (개인정보 보호법 art. 15(2)) and the hash that names its text."""

import hashlib

import msgspec

from motp_protocol.encoding import canonical_json
from motp_protocol.fields import Id, Language, Sha256Hex


class ConsentDocument(msgspec.Struct, frozen=True, kw_only=True):
    """What a person agrees to, in one language.

    `text` is the full document; the other members are the four things that the law wants
    told, short enough for a card. `sha256` is hex over the RFC 8785 form of all the other
    members.
    """

    version: Id
    lang: Language
    title: str
    purpose: str
    items: list[str]
    retention: str
    recipients: str
    refusal: str
    warning: str
    text: str
    sha256: Sha256Hex

    def is_intact(self) -> bool:
        """Whether the document is the one that its hash names."""
        members = {name: getattr(self, name) for name in self.__struct_fields__}
        members.pop("sha256")
        return document_hash(members) == self.sha256


def document_hash(members: dict[str, str | list[str]]) -> str:
    """The hash of a document's members, `sha256` excepted."""
    return hashlib.sha256(canonical_json(members)).hexdigest()
