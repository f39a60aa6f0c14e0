"""The demo's page of text messages."""

from collections.abc import Iterator

import pytest
import requests

from demo.page import DemoPage

handed: list[str] = []


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoPage]:
    folder = tmp_path_factory.mktemp("demo")
    (folder / "outbox.jsonl").write_text('{"text": "첫째"}\n{"text": "둘째"}\n', encoding="utf-8")
    page = DemoPage(folder, "http://localhost:8472", handed.append)
    yield page
    page.close()


def test_the_newest_text_message_stands_first(page: DemoPage) -> None:
    assert requests.get(f"{page.address}messages", timeout=10).json() == ["둘째", "첫째"]


def test_the_page_leads_to_the_sample_training_site(page: DemoPage) -> None:
    assert 'href="http://localhost:8472"' in requests.get(page.address, timeout=10).text


def test_a_link_is_handed_to_the_app(page: DemoPage) -> None:
    link = "motp://approve?popup=pop_1&ticket=tic_1&verifier=http%3A%2F%2F127.0.0.1%3A8471"
    assert requests.post(page.address, data={"link": f" {link} "}, timeout=10).ok
    assert handed == [link]
    for other in ("https://example.kr", "--help", ""):
        assert requests.post(page.address, data={"link": other}, timeout=10).status_code == 400
    assert handed == [link]


def test_nothing_else_is_served(page: DemoPage) -> None:
    assert requests.get(f"{page.address}etc/passwd", timeout=10).status_code == 404
