"""The one browser that a pop-up belongs to: the first that opened it."""

import hashlib
import hmac
from dataclasses import dataclass, field

from sqlalchemy import Connection

from motp_verifier.sealing import MasterKeys
from motp_verifier.store import popups as rows
from motp_verifier.store.popups import PopupRow


@dataclass(frozen=True, slots=True)
class Browser:
    """Who asks for a page: the cookie of this pop-up, if any, and the address it comes from.

    `block` is the network that counts as one client.
    """

    cookie: str | None = field(repr=False)
    address: str | None = field(repr=False)
    block: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoPopup:
    """There is no such pop-up, or no more."""


@dataclass(frozen=True, slots=True)
class OtherBrowser:
    """The pop-up belongs to another browser."""


def browser_hash(cookie: str) -> bytes:
    """What is kept of a cookie, which is random and long."""
    return hashlib.sha256(cookie.encode("utf-8", "surrogateescape")).digest()


def belongs(row: PopupRow, browser: Browser) -> bool:
    """Whether this is the browser that opened it."""
    return (
        browser.cookie is not None
        and row.browser_hash is not None
        and hmac.compare_digest(row.browser_hash, browser_hash(browser.cookie))
    )


def lock_own(
    connection: Connection, popup_id: str, browser: Browser
) -> PopupRow | NoPopup | OtherBrowser:
    """The pop-up of this browser, which nobody else changes until the commit."""
    row = rows.lock_popup(connection, popup_id)
    if row is None:
        return NoPopup()
    return row if belongs(row, browser) else OtherBrowser()


def address_index(keys: MasterKeys, address: str | None) -> bytes | None:
    """By which two addresses are compared, without keeping either."""
    return None if address is None else keys.blind_index("popup address", address.encode())


def same_address(one: bytes | None, other: bytes | None) -> bool | None:
    """Whether both are known and the same; None where one is not known."""
    if one is None or other is None:
        return None
    return hmac.compare_digest(one, other)
