"""Certificates as the system trusts them: a private authority that an administrator installed
included, and the list that requests brings along left out."""

import ssl
from typing import TYPE_CHECKING, Any

from motp_desktop.services.ports import NoAnswer

if TYPE_CHECKING:
    from requests.adapters import HTTPAdapter

# OpenSSL's numbers (x509_vfy.h), which Windows and macOS do not use: there it stays at `tls`.
_DATE = frozenset({9, 10})
_UNTRUSTED = frozenset({18, 19, 20, 21})
_NAME = frozenset({62, 64})


def system_trust(seen: list[bytes]) -> "HTTPAdapter":
    """A transport for `https://` that asks the system's store and repeats nothing.

    The certificate of each server that it connects to, in DER, is added to `seen`.
    """
    import truststore  # noqa: PLC0415 - slow
    from requests.adapters import HTTPAdapter  # noqa: PLC0415 - slow

    class Context(truststore.SSLContext):
        def wrap_socket(self, *arguments: Any, **named: Any) -> ssl.SSLSocket:
            wrapped = super().wrap_socket(*arguments, **named)
            certificate = wrapped.getpeercert(binary_form=True)
            if certificate is not None:
                seen.append(certificate)
            return wrapped

    context = Context(ssl.PROTOCOL_TLS_CLIENT)

    class SystemTrust(HTTPAdapter):
        def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
            super().init_poolmanager(*arguments, **named, ssl_context=context)

        def proxy_manager_for(self, proxy: str, **named: Any) -> Any:
            trusted = {"ssl_context": context, "proxy_ssl_context": context}
            return super().proxy_manager_for(proxy, **named, **trusted)

        def cert_verify(self, conn: Any, *_settings: Any) -> None:
            # Always, and without a bundle of certificates beside the system's.
            conn.cert_reqs = "CERT_REQUIRED"

    return SystemTrust(max_retries=0)


def tls_fault(error: BaseException) -> NoAnswer:
    """What is wrong with a server's certificate, as far as the system says."""
    refused = _certificate_error(error)
    number = refused.verify_code if refused is not None else 0
    if number in _DATE:
        return NoAnswer("tls-date")
    if number in _UNTRUSTED:
        return NoAnswer("tls-untrusted")
    return NoAnswer("tls-name" if number in _NAME else "tls")


def _certificate_error(error: BaseException) -> ssl.SSLCertVerificationError | None:
    """The error that lies under requests' and urllib3's, if there is one."""
    seen: list[object] = [error]
    for each in seen:
        if isinstance(each, ssl.SSLCertVerificationError):
            return each
        if isinstance(each, BaseException):
            causes = (*each.args, getattr(each, "reason", None), each.__cause__)
            seen += [c for c in causes if isinstance(c, BaseException) and c not in seen]
    return None
