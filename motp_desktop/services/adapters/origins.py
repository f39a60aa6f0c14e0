"""Origins of verifiers (RFC 6454 §4): HTTPS, or plain HTTP to this PC alone."""

import ipaddress
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


def normalise_origin(text: str) -> str:
    """An origin in its one spelling: lower case, without a default port or a last slash.

    Raises ValueError, with a sentence for whoever configures the app, for anything else.
    """
    parts = urlsplit(text.strip())
    try:
        port = parts.port
    except ValueError as error:
        raise ValueError("the port is not a number from 0 to 65535") from error
    host = parts.hostname
    if parts.scheme not in _DEFAULT_PORTS or not host:
        raise ValueError("an address such as https://verifier.example is expected")
    if parts.username or parts.password or parts.path not in {"", "/"}:
        raise ValueError("only a scheme, a host and a port belong in the address")
    if parts.query or parts.fragment:
        raise ValueError("only a scheme, a host and a port belong in the address")
    if parts.scheme == "http" and not is_loopback(host):
        raise ValueError("plain http is allowed to this PC only; use https")
    if not host.isascii() or not host.isprintable() or " " in host:
        raise ValueError("the host name is not ASCII; write it in its xn-- form")
    shown = f"[{host}]" if ":" in host else host
    is_default = port in {None, _DEFAULT_PORTS[parts.scheme]}
    return f"{parts.scheme}://{shown}" if is_default else f"{parts.scheme}://{shown}:{port}"


def authority_of(origin: str) -> str:
    """What a signature calls `@authority` (RFC 9421 §2.2.3) for a normalised origin."""
    return origin.partition("://")[2]


def is_loopback(host: str) -> bool:
    """Whether a host, without brackets, is this PC."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
