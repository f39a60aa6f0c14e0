"""Which address a request really comes from.

A proxy names the address that it saw in a header field, to which whoever sent the request
may have put anything before. So the field is believed from trusted proxies alone, and read
from its end: the last address that is not a trusted proxy's is the client's. Only the one
configured field is read: a proxy that sets one of the two passes the other on unchanged.
"""

import ipaddress
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from litestar.types import HTTPScope

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
ProxyHeader: TypeAlias = Literal["x-forwarded-for", "forwarded"]

BLOCK_BITS = {4: 24, 6: 48}
MAX_HOPS = 32
UNKNOWN = "unknown"

_TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"  # noqa: S105 - RFC 9110 §5.6.2, not a password
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_PAIR = re.compile(rf"[ \t]*({_TOKEN})=({_TOKEN}|{_QUOTED})[ \t]*", re.DOTALL)
_BRACKETED = re.compile(r"\[([^\]]*)\](?::[0-9]{1,5})?")
_WITH_PORT = re.compile(r"([0-9.]+):[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class ClientAddresses:
    """Finds the client's address. `proxies` are the networks whose word is taken."""

    proxies: tuple[Network, ...] = ()
    header: ProxyHeader = "x-forwarded-for"

    def of(self, scope: "HTTPScope") -> Address | None:
        """The address of whoever sent this request, or None where the server knows none."""
        peer = scope["client"]
        fields = [
            value.decode("latin-1")
            for name, value in scope["headers"]
            if name == self.header.encode()
        ]
        return self.find(peer[0] if peer else "", fields)

    def find(self, peer: str, fields: Sequence[str]) -> Address | None:
        """The client's address behind `peer`; `fields` are the header's, as they came.

        Where a trusted proxy names something that is no address, nothing before it can be
        believed: the proxy itself is the last that is known.
        """
        known = read_address(peer)
        if known is None:
            return None
        hops = iter(_hops(self.header, fields))
        while self._trusted(known):
            named = read_address(next(hops, ""))
            if named is None:
                break
            known = named
        return known

    def _trusted(self, address: Address) -> bool:
        return any(address in network for network in self.proxies)


def read_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Networks such as `10.0.0.0/8` or `::1`. Raises ValueError, naming the first bad one."""
    networks = []
    for text in texts:
        try:
            networks.append(ipaddress.ip_network(text.strip()))
        except ValueError:
            raise ValueError(f"{text!r} is not a network such as 10.0.0.0/8") from None
    return tuple(networks)


def read_address(text: str) -> Address | None:
    """An address as a proxy or a socket writes it, perhaps with a port; None for others.

    An IPv4 address that is written as IPv6 (`::ffff:192.0.2.1`) is the IPv4 address.
    """
    text = text.strip(" \t")
    if with_more := _BRACKETED.fullmatch(text) or _WITH_PORT.fullmatch(text):
        text = with_more[1]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None:
            return None
        return address.ipv4_mapped or address
    return address


def block(address: Address | None) -> str:
    """The block that counts as one client: an IPv4 /24, an IPv6 /48.

    An IPv6 site is given a /48 or part of one, and may use every address in it.
    """
    if address is None:
        return UNKNOWN
    return str(ipaddress.ip_network((address, BLOCK_BITS[address.version]), strict=False))


def _hops(header: ProxyHeader, fields: Sequence[str]) -> list[str]:
    """What the proxies named, the nearest first; no more than anyone needs.

    A comma parts elements even inside quotes, where no address has one. So what a client
    put before, such as a quote that nobody closes, cannot swallow what a proxy added.
    """
    elements = [each for each in ",".join(fields).rsplit(",", MAX_HOPS) if each.strip(" \t")]
    named = elements if header == "x-forwarded-for" else map(_forwarded_for, elements)
    return list(named)[-MAX_HOPS:][::-1]


def _forwarded_for(element: str) -> str:
    """The `for` of an element (RFC 7239 §4); empty where it has none or is malformed."""
    found, position = "", 0
    while position <= len(element):
        pair = _PAIR.match(element, position)
        if pair is None:
            return ""
        if pair[1].lower() == "for":
            if found:
                return ""
            found = re.sub(r"\\(.)", r"\1", pair[2][1:-1]) if pair[2][0] == '"' else pair[2]
        position = pair.end()
        if position == len(element):
            return found
        if element[position] != ";":
            return ""
        position += 1
    return ""
