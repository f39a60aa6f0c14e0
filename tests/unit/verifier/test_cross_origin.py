"""Pages of other origins: none may read anything, but for named ones the public documents."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from motp_verifier.app import create_app
from motp_verifier.config import ConfigError, load_config
from motp_verifier.runtime import open_runtime

FRIEND = "https://www.example.kr"
STRANGERS = (
    "https://evil.example",
    "https://www.example.kr.evil.example",
    "https://evil-www.example.kr",
    "http://www.example.kr",
    "https://www.example.kr:8443",
    "HTTPS://WWW.EXAMPLE.KR",
    "null",
    "*",
    "",
)
PUBLIC = (
    "/v1/service",
    "/v1/consents/2026-11",
    "/.well-known/jwks.json",
    "/schema",
    "/schema/openapi.json",
)
PREFLIGHT = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "x-a"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cross-origin")


@pytest.fixture(scope="module")
def closed(folder: Path) -> Iterator[TestClient[Litestar]]:
    with verifier(folder / "closed") as client:
        yield client


@pytest.fixture(scope="module")
def friendly(folder: Path) -> Iterator[TestClient[Litestar]]:
    with verifier(folder / "friendly", "https://other.example", FRIEND) as client:
        yield client


def verifier(data_dir: Path, *origins: str) -> TestClient[Litestar]:
    """A client of a verifier that names these origins."""
    overrides = {"data_dir": str(data_dir), "allowed_origins": ",".join(origins)}
    config = load_config(overrides=overrides)
    return TestClient(create_app(config, open_runtime(config)))


def cors(answer: httpx.Response) -> dict[str, str]:
    return {
        name.removeprefix("access-control-"): value
        for name, value in answer.headers.items()
        if name.startswith("access-control-")
    }


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_without_the_setting_no_page_may_read(
    closed: TestClient[Litestar], method: str, path: str
) -> None:
    answer = closed.request(method, path, headers={"Origin": FRIEND} | PREFLIGHT)
    assert answer.is_success
    assert cors(answer) == {}
    assert "origin" not in answer.headers.get("vary", "").lower()


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_of_a_named_origin_reads_public_documents(
    friendly: TestClient[Litestar], path: str
) -> None:
    answer = friendly.get(path, headers={"Origin": FRIEND})
    assert answer.status_code == 200
    assert cors(answer) == {
        "allow-origin": FRIEND,
        "expose-headers": "Retry-After, X-Request-Id",
    }
    assert answer.headers["vary"] == "Origin"


def test_a_preflight_of_a_named_origin_is_told_what_it_may(friendly: TestClient[Litestar]) -> None:
    answer = friendly.options("/v1/service", headers={"Origin": FRIEND} | PREFLIGHT)
    assert answer.status_code == 204
    assert cors(answer) == {"allow-origin": FRIEND, "allow-methods": "GET", "max-age": "600"}
    assert answer.headers["vary"] == "Origin"


@pytest.mark.parametrize("origin", STRANGERS)
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_a_page_of_any_other_origin_may_read_nothing(
    friendly: TestClient[Litestar], method: str, origin: str
) -> None:
    answer = friendly.request(method, "/v1/service", headers={"Origin": origin} | PREFLIGHT)
    assert answer.is_success
    assert cors(answer) == {}
    # What a shared cache kept for a friend it must not give to a stranger, nor the reverse.
    assert answer.headers["vary"] == "Origin"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("OPTIONS", "/v1/verifications"),
        ("POST", "/v1/verifications"),
        ("OPTIONS", "/v1/requirements"),
        ("OPTIONS", "/v1/enrolments"),
        ("POST", "/v1/registrations/reg_x/unlock"),
        ("GET", "/metrics"),
        ("GET", "/readyz"),
        ("GET", "/v1/servicex"),
    ],
)
def test_no_page_may_use_what_asks_for_a_key(
    friendly: TestClient[Litestar], method: str, path: str
) -> None:
    answer = friendly.request(method, path, headers={"Origin": FRIEND} | PREFLIGHT)
    assert cors(answer) == {}


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "null",
        "https://*.example.kr",
        "https://www.example.kr/",
        "https://WWW.example.kr",
        "https://www.example.kr:443",
        "https://www.example.kr/path",
        "http://www.example.kr",
        "ftp://www.example.kr",
        "www.example.kr",
    ],
)
def test_an_origin_that_no_browser_would_send_is_a_wrong_setting(origin: str) -> None:
    with pytest.raises(ConfigError, match="allowed_origins: "):
        load_config(overrides={"allowed_origins": origin})


def test_origins_of_this_machine_may_be_plain() -> None:
    config = load_config(overrides={"allowed_origins": "http://127.0.0.1:8080,https://a.kr:8443"})
    assert config.allowed_origins == ("http://127.0.0.1:8080", "https://a.kr:8443")
