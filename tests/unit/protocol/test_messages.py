"""Messages: strict where it matters, open to newer peers, and silent about their values."""

import inspect
import io
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motp_protocol import messages, problems, wire
from motp_protocol.consent import ConsentDocument
from motp_protocol.encoding import b64url_encode, format_time
from motp_protocol.fields import Id
from motp_protocol.problems import Problem, ProblemType, problem
from tests.unit.protocol.messages_by_type import a_message

MESSAGES: list[type[msgspec.Struct]] = [
    kind
    for _, kind in inspect.getmembers(messages, inspect.isclass)
    if issubclass(kind, messages.Message) and kind is not messages.Message
]
EVERYTHING = [*MESSAGES, Problem, ConsentDocument]

BYTES32 = b64url_encode(bytes(range(32)))
BYTES16 = b64url_encode(bytes(range(16)))
NOW = format_time(1_800_000_000_000)
UNLOCK: dict[str, Any] = {
    "pin_auth": BYTES32,
    "share_id": 1,
    "try": BYTES16,
    "clock": NOW,
    "app_version": "1.0",
}


def decode_unlock(**changes: object) -> messages.UnlockRequest:
    return wire.decode(msgspec.json.encode(UNLOCK | changes), messages.UnlockRequest)


@pytest.mark.parametrize("kind", EVERYTHING)
@given(data=st.data())
def test_messages_survive_the_wire(kind: type[msgspec.Struct], data: st.DataObject) -> None:
    message = data.draw(a_message(kind))
    assert wire.decode(wire.encode(message), kind) == message


@pytest.mark.parametrize("kind", EVERYTHING)
@settings(max_examples=20)
@given(st.binary(max_size=200))
def test_arbitrary_bytes_raise_value_error_alone(kind: type[msgspec.Struct], data: bytes) -> None:
    with pytest.raises(ValueError):
        wire.decode(data, kind)


json_text = st.text() | st.sampled_from([BYTES32, BYTES16, NOW, "SHA1", "active", "ko"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | json_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", EVERYTHING)
@given(data=st.data())
def test_wrong_members_raise_value_error_alone(
    kind: type[msgspec.Struct], data: st.DataObject
) -> None:
    members = msgspec.to_builtins(data.draw(a_message(kind)))
    name = data.draw(st.sampled_from(sorted(kind.__struct_encode_fields__)))
    if data.draw(st.booleans()):
        members[name] = data.draw(json_values)
    else:
        members.pop(name, None)
    try:
        found = wire.decode(msgspec.json.encode(members), kind)
    except ValueError:
        return
    assert isinstance(found, kind)


@pytest.mark.parametrize("kind", EVERYTHING)
@given(data=st.data())
def test_half_an_answer_raises_value_error_alone(
    kind: type[msgspec.Struct], data: st.DataObject
) -> None:
    whole = wire.encode(data.draw(a_message(kind)))
    with pytest.raises(ValueError):
        wire.decode(whole[: data.draw(st.integers(0, len(whole) - 1))], kind)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"pin_auth":"\xff"}',
        b'{"pin_auth":"\\ud800"}',
        b'{"share_id":1e999}',
        b'{"share_id":' + b"9" * 5000 + b"}",
        b"\xef\xbb\xbf{}",
        b"null",
        b"",
    ],
)
def test_hostile_json_raises_value_error_alone(data: bytes) -> None:
    with pytest.raises(ValueError):
        wire.decode(data, messages.UnlockRequest)


def test_members_that_a_newer_peer_adds_are_ignored() -> None:
    assert decode_unlock(colour="blue") == decode_unlock()


@pytest.mark.parametrize(
    "changes",
    [
        {"pin_auth": BYTES32 + "="},
        {"pin_auth": BYTES32[:-1]},
        {"pin_auth": BYTES32[:-1] + "9"},  # the same bytes, spelled otherwise
        {"pin_auth": BYTES32 + "\n"},
        {"try": BYTES16[:-1] + "x"},
        {"try": BYTES32},
        {"share_id": 0},
        {"share_id": -1},
        {"share_id": 2**53},
        {"share_id": "1"},
        {"share_id": True},
        {"share_id": 1.5},
        {"clock": "2026-01-01T00:00:00Z"},
        {"clock": NOW + "\n"},
        {"clock": NOW.replace("2027", "٢٠٢٧")},
        {"app_version": ""},
        {"app_version": "1" * 65},
        {"app_version": "1\x00"},
        {"app_version": "1\nforged line"},
        {"app_version": "\x9b31m"},
    ],
)
def test_members_of_another_form_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        decode_unlock(**changes)


@pytest.mark.parametrize("identifier", ["", "a" * 65, "a/b", "a\n", "가", "..", "a b"])
def test_ids_are_of_one_form(identifier: str) -> None:
    with pytest.raises(ValueError):
        wire.decode(msgspec.json.encode(identifier), Id)


@pytest.mark.parametrize("code", ["12345", "1234567", "12345a", "１２３４５６", "123456\n"])
def test_identity_codes_are_six_ascii_digits(code: str) -> None:
    body = {"code": code, "key_share": BYTES32, "pin_auth": BYTES32}
    with pytest.raises(ValueError):
        wire.decode(msgspec.json.encode(body), messages.IdentityProof)


@pytest.mark.parametrize("kind", MESSAGES)
@settings(max_examples=5)
@given(data=st.data())
def test_no_representation_shows_a_value(kind: type[msgspec.Struct], data: st.DataObject) -> None:
    message = data.draw(a_message(kind))
    for shown in (repr(message), str(message), f"{message}", f"{[message]}"):
        assert shown.strip("[]") == f"<{kind.__name__}>"


@pytest.mark.parametrize("kind", MESSAGES)
def test_rich_tracebacks_show_no_value_either(kind: type[msgspec.Struct]) -> None:
    assert list(kind.__rich_repr__(None)) == []  # type: ignore[arg-type]


def test_a_printed_share_hides_its_bytes_even_inside_other_messages() -> None:
    share = messages.Share(id=7, value=BYTES32)
    shown = io.StringIO()
    print({"share": share, "list": [share]}, file=shown)
    assert BYTES32 not in shown.getvalue()


def test_messages_cannot_be_changed() -> None:
    share = messages.Share(id=7, value=BYTES32)
    with pytest.raises(AttributeError):
        share.id = 8  # type: ignore[misc]


@pytest.mark.parametrize("kind", ProblemType)
def test_problems_survive_the_wire_and_are_known_again(kind: ProblemType) -> None:
    sent = problem(kind, "why", attempts_left=4, retry_after=30, time=NOW)
    found = wire.decode(wire.encode(sent), Problem)
    assert found == sent
    assert found.known_type is kind
    assert found.type == f"urn:motp:problem:{kind.slug}"
    assert found.status == kind.status


def test_slugs_are_used_once() -> None:
    slugs = [kind.slug for kind in ProblemType]
    assert len(set(slugs)) == len(slugs)


def test_a_problem_leaves_out_what_its_type_does_not_name() -> None:
    sent = msgspec.json.decode(wire.encode(problem(ProblemType.PIN_WRONG, attempts_left=3)))
    assert sent == {
        "type": "urn:motp:problem:pin-wrong",
        "title": "The PIN is wrong",
        "status": 403,
        "attempts_left": 3,
    }


def test_a_problem_of_a_newer_verifier_is_read_but_not_known() -> None:
    data = b'{"type":"urn:motp:problem:on-holiday","title":"x","status":503,"until":"May"}'
    assert wire.decode(data, Problem).known_type is None
    assert problems.TYPE_PREFIX == "urn:motp:problem:"
