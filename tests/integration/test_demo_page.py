"""The demo's page, on a real verifier."""

from collections.abc import Iterator

import pytest
import requests

from demo.page import DemoPage
from demo.stack import Site, VerifierProcess, add_institution


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoPage]:
    folder = tmp_path_factory.mktemp("demo") / "verifier"
    api_key = add_institution(folder)
    (folder / "outbox.jsonl").write_text('{"text": "첫째"}\n{"text": "둘째"}\n', encoding="utf-8")
    with VerifierProcess(folder) as process:
        page = DemoPage(folder, Site(process.origin, api_key))
        yield page
        page.close()


def test_the_newest_text_message_stands_first(page: DemoPage) -> None:
    assert requests.get(f"{page.address}messages", timeout=10).json() == ["둘째", "첫째"]


def test_the_sample_site_says_what_the_verifier_says(page: DemoPage) -> None:
    answer = requests.post(f"{page.address}check", json={"code": "000000"}, timeout=10)
    assert answer.json() == "not-registered"


def test_a_request_that_is_no_code_is_refused(page: DemoPage) -> None:
    assert requests.post(f"{page.address}check", data=b"[]", timeout=10).status_code == 400
    assert requests.get(f"{page.address}etc/passwd", timeout=10).status_code == 404
