"""`kill -9` of the verifier while the agency's forms are answered: who asks again goes on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from motp_verifier.services import phone_transactions
from motp_verifier.store import tables
from tests.support.killing_verifier import MOMENTS, Killable, killable_verifier
from tests.support.live_verifier import INSTITUTION, Person
from tests.support.pc import Pc

PAGE = "https://www.example.kr"
_POLICY = f"""\
[form_interface]
enabled = true
addresses = ["127.0.0.1"]
browser = true
origins = ["{PAGE}"]
"""


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killable]:
    folder = tmp_path_factory.mktemp("verifier") / "data"
    (folder / "policies").mkdir(parents=True)
    (folder / "policies" / f"{INSTITUTION}.toml").write_text(_POLICY, "utf-8")
    with killable_verifier(folder) as running:
        yield running


@pytest.fixture
def person(verifier: Killable) -> Person:
    return verifier.new_person()


@pytest.fixture
def pc(verifier: Killable, person: Person, tmp_path: Path) -> Pc:
    one = Pc(verifier.origin, tmp_path / "pc")
    one.enrol(verifier, person)
    one.unlock()
    return one


def post(
    verifier: Killable, path: str, person: Person, *, page: bool = False, **fields: str
) -> dict[str, Any]:
    form = {"USER_NM": person.name, "USER_TEL": person.phone, "AGTID": INSTITUTION} | fields
    headers = {"Origin": PAGE} if page else {}
    url = f"{verifier.origin}/api/v2/{path}"
    with httpx.Client(trust_env=False) as client:
        answer = client.post(url, data=form, headers=headers)
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def check(verifier: Killable, person: Person, code: str, *, page: bool = False) -> dict[str, Any]:
    lesson = {"CLASS_AGENT_PK": "C-1,1", "EVAL_CD": "01", "CLASS_TME": "01"}
    return post(verifier, "otp_accredit", person, page=page, OTPNO=code, **lesson)


def accepted(verifier: Killable, pc: Pc) -> int:
    columns = tables.verification.c
    mine = columns.registration_id == pc.vault().registration_id
    query = select(func.count()).where(mine, columns.result == "accepted")
    return verifier.do(lambda connection: int(connection.execute(query).scalar_one()))


@pytest.mark.parametrize("page", [False, True])
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_form_whose_answer_was_lost_is_sent_again_and_accepted_once(
    moment: str, page: bool, verifier: Killable, person: Person, pc: Pc
) -> None:
    code = pc.code()
    with verifier.dying_at(f"verification:{moment}"), pytest.raises(httpx.TransportError):
        check(verifier, person, code, page=page)
    told = [check(verifier, person, code, page=page) for _ in range(3)]
    assert told[0]["code"] == "200"
    assert told == [told[0]] * 3
    assert accepted(verifier, pc) == 1


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_strangers_refusals_are_counted_once_for_each_kill_at_most(
    moment: str, verifier: Killable
) -> None:
    stranger = Person(f"아무개{ord(moment[0])}", "010-9999-0000")
    with verifier.dying_at(f"verification:{moment}"), pytest.raises(httpx.TransportError):
        check(verifier, stranger, "000000", page=True)
    told = [check(verifier, stranger, "000000", page=True)["code"] for _ in range(5)]
    before = 1 if moment == "answer" else 0
    assert told == ["AP001"] * (4 - before) + ["AP009"] * (1 + before)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_reset_that_was_cut_off_is_done_whole_or_not_at_all(
    moment: str, verifier: Killable, person: Person, pc: Pc
) -> None:
    code = pc.code()
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    told = [check(verifier, person, wrong)["code"] for _ in range(5)]
    assert told[-1] == "AP009"
    registration_id = pc.vault().registration_id
    trainee_id = verifier.row(tables.registration, registration_id)["trainee_id"]
    verified_at = verifier.row(tables.registration, registration_id)["last_contact_at"]
    transaction_id = verifier.do(
        lambda connection: phone_transactions.issue(
            connection,
            institution_id=INSTITUTION,
            trainee_id=trainee_id,
            purpose="code-lock",
            now=verified_at,
        )
    )
    with verifier.dying_at(f"code-lock-lift:{moment}"), pytest.raises(httpx.TransportError):
        post(verifier, "user_reset", person, M_TRNID=transaction_id)
    again = post(verifier, "user_reset", person, M_TRNID=transaction_id)
    assert again["code"] == ("AP010" if moment == "answer" else "200")
    assert check(verifier, person, pc.code())["code"] == "200"
