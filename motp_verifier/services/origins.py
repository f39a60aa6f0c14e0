"""Origins as browsers send them (RFC 6454 §6.2): whoever lists one must write it so."""

import ipaddress
from urllib.parse import SplitResult, urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


def read_origin(text: str) -> SplitResult:
    """The parts of `https://host` or `https://host:port`. Raises ValueError, saying why not."""
    message = "is not of the form https://host or https://host:port"
    try:
        parts = urlsplit(text)
        well_formed = (
            parts.scheme in DEFAULT_PORTS
            and parts.hostname
            and parts.netloc.isascii()
            and "*" not in parts.netloc
            and not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
            and (parts.port is None or parts.port >= 0)
        )
    except ValueError as error:
        raise ValueError(message) from error
    if not well_formed:
        raise ValueError(message)
    return parts


def check_page_origin(text: str) -> None:
    """That pages may be named so: a browser's own spelling, and TLS but on this machine.

    Raises ValueError, saying what is wrong.
    """
    parts = read_origin(text)
    if text != text.lower() or text.endswith("/"):
        raise ValueError("write it as browsers do, in lower case and without /")
    if parts.port == DEFAULT_PORTS[parts.scheme]:
        raise ValueError("leave the default port out")
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise ValueError("plain http is only for this machine")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
