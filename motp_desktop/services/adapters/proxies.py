"""Which proxy stands between the app and the verifier."""

from urllib.parse import urlsplit

from motp_desktop.services.adapters.origins import is_loopback
from motp_desktop.services.settings import ProxyChoice

_DEFAULT_PORTS = {"http": 80, "https": 443}


def normalise_proxy(text: str) -> str:
    """A proxy's address in its one spelling: `http://proxy.example:3128`.

    A bare `proxy.example:3128` is taken for plain HTTP, as proxies usually are. Raises
    ValueError, with a sentence for whoever sets it, for anything else.
    """
    given = text.strip()
    parts = urlsplit(given if "://" in given else f"http://{given}")
    try:
        port = parts.port
    except ValueError as error:
        raise ValueError("the port is not a number from 0 to 65535") from error
    host = parts.hostname
    if parts.scheme not in _DEFAULT_PORTS or not host:
        raise ValueError("an address such as http://proxy.example:3128 is expected")
    if parts.username or parts.password:
        raise ValueError("a name or password does not belong here; set it in the system's proxy")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ValueError("only a scheme, a host and a port belong in the address")
    if not host.isascii() or not host.isprintable() or " " in host:
        raise ValueError("the host name is not ASCII; write it in its xn-- form")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}:{port or _DEFAULT_PORTS[parts.scheme]}"


def proxies_for(choice: ProxyChoice, url: str) -> dict[str, str]:
    """What requests takes as `proxies`: by the scheme of the address, empty for none.

    No proxy is a way to this PC itself.
    """
    parts = urlsplit(url)
    if choice.mode == "none" or is_loopback(parts.hostname or ""):
        return {}
    if choice.mode == "manual":
        return {parts.scheme: choice.address}
    from requests.utils import get_environ_proxies  # noqa: PLC0415 - slow

    # The environment, else on Windows the registry and on macOS the network settings.
    return get_environ_proxies(url)
