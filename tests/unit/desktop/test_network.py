"""The way to the verifier: whose certificates are believed, and through which proxy."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from motp_desktop.services.adapters.http_exchange import (
    HttpAnswer,
    HttpExchange,
    HttpRequest,
    Limits,
)
from motp_desktop.services.adapters.proxies import normalise_proxy, proxies_for
from motp_desktop.services.ports import NoAnswer
from motp_desktop.services.settings import ProxyChoice
from tests.support.private_tls import Authority, TlsServer, proxying, tls_serving
from tests.support.raw_server import always, http_answer

LIMITS = Limits(connect=10.0, read=10.0, total=30.0)
HELLO = always(http_answer(b"{}"))
WELL = HttpAnswer(200, "application/json", b"{}")
FAR = "https://verifier.example"
"""Not of this PC, so that a proxy may lead there; only the tests' proxy knows where it is."""


@pytest.fixture(autouse=True)
def _no_proxy_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def installed(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system trusts the authority: OpenSSL takes its store from here."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.root))


@pytest.fixture
def far_server(authority: Authority) -> Iterator[TlsServer]:
    with tls_serving(HELLO, authority.issue("verifier.example")) as server:
        yield server


def get(origin: str, proxy: ProxyChoice | None = None) -> HttpAnswer | NoAnswer:
    return HttpExchange(LIMITS, proxy).send(HttpRequest("GET", f"{origin}/v1/service", {}))


@pytest.mark.usefixtures("installed")
def test_a_private_authority_that_the_system_trusts_is_trusted(authority: Authority) -> None:
    with tls_serving(HELLO, authority.issue("127.0.0.1")) as server:
        assert get(server.origin) == WELL


def test_one_that_the_system_does_not_know_is_not(authority: Authority) -> None:
    with tls_serving(HELLO, authority.issue("127.0.0.1")) as server:
        assert get(server.origin) == NoAnswer("tls-untrusted")


def test_variables_that_other_programs_take_for_trust_are_not_ours(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.root))
    monkeypatch.setenv("CURL_CA_BUNDLE", str(authority.root))
    with tls_serving(HELLO, authority.issue("127.0.0.1")) as server:
        assert get(server.origin) == NoAnswer("tls-untrusted")


@pytest.mark.usefixtures("installed")
def test_a_certificate_of_another_name_or_time_is_told_apart(authority: Authority) -> None:
    with tls_serving(HELLO, authority.issue("another.example")) as server:
        assert get(server.origin) == NoAnswer("tls-name")
    past = authority.issue("127.0.0.1", until=-timedelta(days=1))
    with tls_serving(HELLO, past) as server:
        assert get(server.origin) == NoAnswer("tls-date")
    future = authority.issue("127.0.0.1", until=timedelta(days=9))
    with tls_serving(HELLO, future) as server:
        assert get(server.origin) == NoAnswer("tls-date")


@pytest.mark.usefixtures("installed")
def test_a_proxy_that_was_set_leads_to_the_server(far_server: TlsServer) -> None:
    with proxying(far_server.port) as proxy:
        assert get(FAR, ProxyChoice("manual", proxy.origin)) == WELL
        assert proxy.requests[0].startswith(b"CONNECT verifier.example:443 ")
        assert b"/v1/service" not in proxy.requests[0], "what is asked is the server's to know"
    assert far_server.requests[0].startswith(b"GET /v1/service ")


@pytest.mark.usefixtures("installed")
def test_the_systems_proxy_is_used_unless_none_is_to_be(
    far_server: TlsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with proxying(far_server.port) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.origin)
        assert get(FAR, ProxyChoice("system")) == WELL
        asked = len(proxy.requests)
        assert isinstance(get("https://127.0.0.1:1", ProxyChoice("system")), NoAnswer)
        assert proxies_for(ProxyChoice("none"), f"{FAR}/") == {}
        assert len(proxy.requests) == asked


@pytest.mark.usefixtures("installed")
def test_the_certificate_is_checked_behind_a_proxy_too(authority: Authority) -> None:
    with (
        tls_serving(HELLO, authority.issue("another.example")) as server,
        proxying(server.port) as proxy,
    ):
        assert get(FAR, ProxyChoice("manual", proxy.origin)) == NoAnswer("tls-name")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "proxy-login"),
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", "proxy"),
        (b"HTTP/1.1 502 Bad Gateway\r\n\r\n", "proxy"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "bad-answer"),
    ],
)
def test_a_proxy_that_does_not_connect_is_blamed(answer: bytes, reason: str) -> None:
    with proxying(0, answer) as proxy:
        told = get(FAR, ProxyChoice("manual", proxy.origin))
    assert told == NoAnswer(reason)  # type: ignore[arg-type]


def test_a_proxy_that_is_not_there_is_blamed() -> None:
    assert get(FAR, ProxyChoice("manual", "http://127.0.0.1:1")) == NoAnswer("proxy")


def test_a_proxy_is_no_way_to_this_pc() -> None:
    choice = ProxyChoice("manual", "http://proxy.example:3128")
    assert proxies_for(choice, "http://127.0.0.1:8470/v1/service") == {}
    assert proxies_for(choice, "https://[::1]/") == {}
    assert proxies_for(choice, f"{FAR}/") == {"https": "http://proxy.example:3128"}


def test_no_proxy_names_hosts_that_are_reached_straight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "inside.example")
    system = ProxyChoice("system")
    assert proxies_for(system, "https://otp.inside.example/") == {}
    assert proxies_for(system, f"{FAR}/")["https"] == "http://proxy.example:3128"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("proxy.example:3128", "http://proxy.example:3128"),
        (" HTTP://Proxy.Example/ ", "http://proxy.example:80"),
        ("https://proxy.example", "https://proxy.example:443"),
        ("10.0.0.1:8080", "http://10.0.0.1:8080"),
        ("[fd00::1]:8080", "http://[fd00::1]:8080"),
    ],
)
def test_a_proxys_address_has_one_spelling(text: str, address: str) -> None:
    assert normalise_proxy(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://",
        "socks5://proxy.example",
        "me:secret@proxy.example:3128",
        "proxy.example:99999",
        "proxy.example/path",
        "프록시.example:80",
        "[::1",
    ],
)
def test_anything_else_is_no_proxy(text: str) -> None:
    with pytest.raises(ValueError, match=r".{10}") as refused:
        normalise_proxy(text)
    assert "secret" not in str(refused.value)
