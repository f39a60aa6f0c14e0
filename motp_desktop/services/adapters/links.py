"""Reading `motp://` links (docs/protocol.md): strictly, for they come from anywhere."""

import logging
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from motp_desktop.services.adapters.origins import normalise_origin
from motp_desktop.services.outcomes import (
    ApprovalAsked,
    LinkForAnother,
    LinkIgnored,
    LinkOutcome,
)

SCHEME = "motp"
LONGEST = 2048

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MEMBERS = frozenset({"popup", "ticket", "verifier"})


_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ApprovalLink:
    """`motp://approve`, for anybody may have made it. `verifier` is a normalised origin."""

    popup: str
    ticket: str = field(repr=False)
    verifier: str


class BadLink(ValueError):
    """Not a link of this app's. The message says why, without what stood in it."""


def parse_link(text: str) -> ApprovalLink:
    """`motp://approve?popup=<id>&ticket=<id>&verifier=<origin>`, each once. Raises BadLink."""
    if len(text) > LONGEST or not (text.isascii() and text.isprintable()) or " " in text:
        raise BadLink("it is too long, or holds a character that no link has")
    try:
        parts = urlsplit(text)
        given = parse_qsl(
            parts.query, keep_blank_values=True, strict_parsing=True, max_num_fields=len(_MEMBERS)
        )
    except ValueError as error:
        raise BadLink("it is not of the form of a link") from error
    # Some browsers end the part before the question mark by a slash.
    is_approval = (parts.scheme, parts.netloc) == (SCHEME, "approve") and parts.path in {"", "/"}
    if not is_approval or "#" in text:
        raise BadLink("it is not motp://approve")
    members = dict(given)
    if len(given) != len(_MEMBERS) or members.keys() != _MEMBERS:
        raise BadLink("it needs popup, ticket and verifier, each once")
    if not (_ID.fullmatch(members["popup"]) and _ID.fullmatch(members["ticket"])):
        raise BadLink("popup and ticket have 1 to 64 letters, digits, _ and -")
    try:
        verifier = normalise_origin(members["verifier"])
    except ValueError as error:
        raise BadLink("verifier is not an origin") from error
    return ApprovalLink(members["popup"], members["ticket"], verifier)


class Links:
    """Implements `use_cases.Links` for the verifier in use."""

    def __init__(self, verifier_origin: str) -> None:
        self._verifier_origin = verifier_origin

    def read(self, text: str) -> LinkOutcome:
        """What a link asks for; one that is not ours is told in the log, without its words."""
        try:
            link = parse_link(text)
        except BadLink as error:
            _log.warning("a link was ignored: %s", error)
            return LinkIgnored()
        if link.verifier != self._verifier_origin:
            _log.warning("a link was ignored: it is for another verifier")
            return LinkForAnother()
        return ApprovalAsked(link.popup, link.ticket)
