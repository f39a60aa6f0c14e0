"""The verifier behind Debian's nginx, with the configuration that is shipped."""

import http.client
import json
import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from demo.stack import VerifierProcess
from motp_protocol.problems import CONTENT_TYPE, ProblemType, problem
from tests.support.live_staff import live_staff
from tests.support.live_verifier import INSTITUTION, LiveVerifier, Person, prepare
from tests.support.nginx import HOST, Nginx, free_ports, needs_nginx, nginx
from tests.support.pc import Pc

pytestmark = [needs_nginx, pytest.mark.xdist_group("behind-nginx")]

SITE = "127.0.0.5"
"""A site's server as nginx sees it: all of 127.0.0.0/8 is this machine."""
RETURN = "https://lms.example.kr"
POLICY = f"""\
[popup]
origins = ["{RETURN}"]
[form_interface]
enabled = true
addresses = ["{SITE}"]
"""


class Behind(LiveVerifier):
    """A verifier that is reached through nginx alone."""

    def __init__(self, process: VerifierProcess, api_key: str, proxy: Nginx) -> None:
        super().__init__(process, api_key)
        self.proxy = proxy

    @property
    def origin(self) -> str:
        return self.proxy.origin

    def client(self, **options: object) -> httpx.Client:
        context = ssl.create_default_context(cafile=str(self.proxy.root))
        return httpx.Client(
            base_url=self.origin,
            verify=context,
            trust_env=False,
            timeout=30,
            **options,  # type: ignore[arg-type]
        )


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    folder = tmp_path_factory.mktemp("behind-nginx")
    public, inner = free_ports(2)
    (folder / "policies").mkdir()
    (folder / "policies" / f"{INSTITUTION}.toml").write_text(POLICY, "utf-8")
    settings = folder / "verifier.toml"
    settings.write_text(
        f'public_origin = "https://{HOST}:{public}"\n'
        f'policy_dir = "{folder}/policies"\n'
        'trusted_proxies = ["127.0.0.1/32"]\nbelieve_request_id = true\nidentity = "outbox"\n',
        "utf-8",
    )
    data = folder / "data"
    api_key = prepare(data)
    process = VerifierProcess(data, "--config", str(settings))
    process.start(inner)
    try:
        with nginx(folder / "nginx", public, [inner]) as proxy:
            yield Behind(process, api_key, proxy)
    finally:
        process.stop()


@pytest.fixture(autouse=True)
def trusted(behind: Behind, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app and the sites trust the authority, as of an administrator's."""
    monkeypatch.setenv("SSL_CERT_FILE", str(behind.proxy.root))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(behind.proxy.root))


def test_the_app_enrols_through_nginx_and_what_it_signs_holds(
    behind: Behind, tmp_path: Path
) -> None:
    pc, person = Pc(behind.origin, tmp_path / "pc"), behind.new_person()
    pc.enrol(behind, person)
    pc.unlock()
    assert behind.check(person, pc.code()) == "accepted"


def test_the_address_is_the_one_that_nginx_saw_and_not_the_one_that_was_sent(
    behind: Behind,
) -> None:
    assert form_answer(behind, come_from=SITE) != "AP007"
    refused = form_answer(behind, come_from="127.0.0.6")
    assert refused == "AP007"
    for name, value in (("X-Forwarded-For", SITE), ("Forwarded", f"for={SITE}")):
        assert form_answer(behind, come_from="127.0.0.6", headers={name: value}) == "AP007"


def test_events_of_a_pop_up_come_at_once(behind: Behind) -> None:
    person = behind.new_person()
    with behind.client(follow_redirects=True) as browser:
        popup = opened_popup(browser, behind.api_key, person)
        with browser.stream("GET", f"/popup/{popup}/events") as stream:
            began = time.monotonic()
            assert stream.status_code == 200
            assert next(stream.iter_lines()) == "retry: 2000"
            assert time.monotonic() - began < 5


def test_events_of_the_helpdesk_go_on_through_quiet_times(behind: Behind) -> None:
    staff = live_staff(behind.data_dir, behind.process.origin, "kim", "helpdesk")
    headers = {"Authorization": f"Bearer {staff.token}"}
    with (
        behind.client(headers=headers) as client,
        client.stream("GET", "/v1/helpdesk/events") as stream,
    ):
        lines = stream.iter_lines()
        # The second word of life comes a quarter of a minute after the first.
        assert [next(each for each in lines if each.startswith(":")) for _ in range(2)]


def test_a_body_that_is_too_large_is_refused_by_the_verifier_and_a_huge_one_by_nginx(
    behind: Behind,
) -> None:
    headers = {"Authorization": f"Bearer {behind.api_key}", "Content-Type": "application/json"}
    with behind.client(headers=headers) as client:
        told = client.post("/v1/verifications", content=b" " * 100_000)
        assert (told.status_code, told.headers["content-type"]) == (413, CONTENT_TYPE)
        assert told.json()["type"] == "urn:motp:problem:too-large"
        assert client.post("/v1/verifications", content=b" " * 200_000).status_code == 413


def test_what_is_for_this_machine_alone_is_not_passed_on(behind: Behind) -> None:
    with behind.client() as client:
        for path in ("/metrics", "/readyz", "/readyz/", "//readyz", "/%72eadyz", "/x/../readyz"):
            assert client.get(path).status_code == 404, path
        assert client.get("/healthz").status_code == 200


def test_both_logs_know_a_request_by_the_same_id_and_no_log_knows_a_person(
    behind: Behind,
) -> None:
    person = behind.new_person()
    with behind.client(follow_redirects=True) as browser:
        popup = opened_popup(browser, behind.api_key, person)
        told = browser.get("/v1/service?name=secret", headers={"X-Request-Id": "forged-request-id"})
    shared = told.headers["x-request-id"]
    assert shared != "forged-request-id"
    assert f'"request_id":"{shared}"' in behind.log().replace('": "', '":"')
    log = behind.proxy.access_log.read_text("utf-8")
    assert '"GET /v1/service" 200' in log
    assert shared in log
    assert popup not in log
    assert "secret" not in log


def test_answers_say_once_that_they_come_by_tls(behind: Behind) -> None:
    with behind.client() as client:
        answer = client.get("/v1/service")
    assert answer.headers.get_list("strict-transport-security") == ["max-age=31536000"]
    assert "server" not in answer.headers or "/" not in answer.headers["server"]


def test_a_verifier_that_is_away_is_told_as_a_problem_to_ask_again(tmp_path: Path) -> None:
    public, nobody = free_ports(2)
    with nginx(tmp_path / "nginx", public, [nobody]) as proxy:
        context = ssl.create_default_context(cafile=str(proxy.root))
        answer = httpx.get(f"{proxy.origin}/v1/service", verify=context, trust_env=False)
    assert (answer.status_code, answer.headers["content-type"]) == (503, CONTENT_TYPE)
    assert answer.headers["retry-after"] == "1"
    expected = problem(ProblemType.UNAVAILABLE, retry_after=1)
    assert answer.json() == {
        "type": expected.type,
        "title": expected.title,
        "status": expected.status,
        "retry_after": 1,
    }


def opened_popup(browser: httpx.Client, api_key: str, person: Person) -> str:
    """A pop-up for somebody, open in this browser: its id."""
    made = browser.post(
        "/v1/popups",
        headers={"Authorization": f"Bearer {api_key}"},
        json={
            "trainee": {"name": person.name, "phone": person.phone},
            "course": "C-1",
            "class": "1",
            "occasion": "exam",
            "return_origin": RETURN,
        },
    )
    popup = str(made.raise_for_status().json()["popup_id"])
    browser.get(f"/popup/{popup}").raise_for_status()
    return popup


def form_answer(behind: Behind, *, come_from: str, headers: dict[str, str] | None = None) -> str:
    """What the agency's form interface says to a site at this address."""
    connection = http.client.HTTPSConnection(
        "127.0.0.1",
        behind.proxy.port,
        timeout=30,
        source_address=(come_from, 0),
        context=unnamed(behind.proxy.root),
    )
    person = behind.new_person()
    fields = {
        "USER_NM": person.name,
        "USER_TEL": person.phone,
        "OTPNO": "000000",
        "AGTID": INSTITUTION,
        "USRID": "hong",
        "SESSIONID": "s-1",
        "EXIP": "203.0.113.5",
        "COURSE_AGENT_PK": "C-1",
        "CLASS_AGENT_PK": "C-1,2",
        "EVAL_CD": "01",
        "EVAL_TYPE": "진도",
        "CLASS_TME": "03",
        "USRDT": "2026-11-26 09:00:00",
    }
    body = urlencode(fields)
    sent = {"Content-Type": "application/x-www-form-urlencoded"} | (headers or {})
    try:
        connection.request("POST", "/api/v2/otp_accredit", body, sent)
        answer = connection.getresponse()
        return str(json.loads(answer.read())["code"])
    finally:
        connection.close()


def unnamed(root: Path) -> ssl.SSLContext:
    """It is reached by its address, and its certificate is for a name."""
    context = ssl.create_default_context(cafile=str(root))
    context.check_hostname = False
    return context
