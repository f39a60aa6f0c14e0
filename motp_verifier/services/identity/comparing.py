"""Whether the person whom a carrier knows is the one who claims the number."""

import unicodedata

from motp_protocol.person import normalise_phone
from motp_verifier.services.identity.port import Verified
from motp_verifier.services.people import Person


def same_person(claimed: Person, verified: Verified) -> bool:
    """Whether the carrier's person is ours: letter case and blanks apart, as carriers differ."""
    if _folded(claimed.name) != _folded(verified.name):
        return False
    if verified.phone is None:
        return True
    try:
        return normalise_phone(verified.phone) == claimed.phone
    except ValueError:
        return False


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
