"""What schemathesis needs to get past the doors: keys that are really known, in every state.

Loaded by `SCHEMATHESIS_HOOKS`. `MOTP_FUZZ_WORLD` names a file with what `tests.fuzz.world`
prepared, `MOTP_FUZZ_REACHED` one that gets a line for each answer. A request is signed over
the very bytes that leave; one from which a check took the signature stays unsigned. What was
made wrong on purpose stays wrong; of what is right, every fourth does the right thing too.
"""

import json
import os
import secrets
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
import schemathesis
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from schemathesis.core.parameters import ParameterLocation

from motp_protocol.encoding import b64url_decode, format_time
from motp_protocol.signature import RequestParts, sign_request
from motp_protocol.status_token import StatusClaims, sign_status
from tests.fuzz.devices import Devices, Enrolled
from tests.fuzz.kiosks import EXIT_AUTH, enrolment
from tests.fuzz.popups import OpenedPopup
from tests.fuzz.staff import FuzzStaff
from tests.support.raw_client import RawClient

WORLD = json.loads(Path(os.environ["MOTP_FUZZ_WORLD"]).read_text("utf-8"))
REACHED = Path(os.environ["MOTP_FUZZ_REACHED"])
TO_SIGN = "to be signed"
ORIGIN_OF_PAGES = "https://www.example.kr"
_EVERY = 4

_devices = Devices(WORLD["origin"], Path(WORLD["outbox"]), range(*WORLD["seats"]))
_keys = {
    name: Ed25519PrivateKey.from_private_bytes(b64url_decode(raw))
    for kind in ("registrations", "enrolments", "resending", "proving", "kiosks")
    for name, raw in WORLD[kind].items()
}
"""Signing keys by the id of the registration, enrolment or kiosk that they own."""

_fresh: dict[str, Ed25519PrivateKey] = {}
"""Keys of enrolments that begin, by their public half."""

_ids = {
    "registration_id": list(WORLD["registrations"]),
    "enrolment_id": list(WORLD["enrolments"]),
    "trainee_id": list(WORLD["trainees"]),
    "kiosk_id": list(WORLD["kiosks"]),
}
_staff = FuzzStaff(WORLD["origin"], WORLD["staff"])

_turns: Counter[str] = Counter()


class _Signing(requests.auth.AuthBase):
    """Signs a request that is ready to leave."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        parts = urlsplit(request.url or "")
        body = request.body or b""
        signed = sign_request(
            self._key,
            RequestParts(
                method=request.method or "",
                authority=parts.netloc,
                path=parts.path,
                query=parts.query,
                body=body.encode() if isinstance(body, str) else body,
            ),
            created=int(time.time()),
            nonce=secrets.token_bytes(16),
        )
        request.headers.update(signed)
        return request


@schemathesis.auth().apply_to(path_regex=r"^/v1/(approvals|enrolments|kiosks|registrations)")
class DeviceAuth:
    """Marks what is to be signed: only the bytes on the wire can be."""

    def get(self, _case: Any, _context: Any) -> str:
        return TO_SIGN

    def set(self, case: Any, data: str, _context: Any) -> None:
        if _is_wrong(case, ParameterLocation.HEADER):
            return
        for name in ("Signature", "Signature-Input", "Content-Digest"):
            case.headers[name] = data


@schemathesis.auth().apply_to(path_regex=r"^/v1/(popups|verifications|requirements)")
class SiteAuth:
    """The API key of an institution that is there."""

    def get(self, _case: Any, _context: Any) -> str:
        return str(WORLD["api_key"])

    def set(self, case: Any, data: str, _context: Any) -> None:
        if not _is_wrong(case, ParameterLocation.HEADER):
            case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.auth().apply_to(path_regex=r"^/v1/helpdesk")
class StaffAuth:
    """The token of an admin's session, or of one that may be ended."""

    def get(self, _case: Any, _context: Any) -> str:
        return _staff.token

    def set(self, case: Any, data: str, _context: Any) -> None:
        if not _is_wrong(case, ParameterLocation.HEADER):
            ends = case.operation.label == "DELETE /v1/helpdesk/sessions/current"
            token = _staff.throwaway_token() if ends else data
            case.headers["Authorization"] = f"Bearer {token}"


@schemathesis.auth().apply_to(path_regex=r"^/metrics")
class MetricsAuth:
    """The operator's token."""

    def get(self, _case: Any, _context: Any) -> str:
        return str(WORLD["metrics_token"])

    def set(self, case: Any, data: str, _context: Any) -> None:
        if not _is_wrong(case, ParameterLocation.HEADER):
            case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Put in what only a real device or site would know, then sign what is marked."""
    path = case.path_parameters or {}
    if not _is_wrong(case, ParameterLocation.PATH):
        for name in path.keys() & _ids.keys():
            if path[name] not in _keys:
                path[name] = _ids[name][_turn(name) % len(_ids[name])]
    move = _MOVES.get(case.operation.label)
    if move is not None and _is_right(case):
        if _turn(case.operation.label) % _EVERY == 0:
            move(case)
        elif isinstance(case.body, dict) and isinstance(case.body.get("device"), dict):
            case.body["device"]["public_key"] = _new_client().public_key
    if (case.headers or {}).get("Signature") == TO_SIGN:
        kwargs["auth"] = _Signing(_key_for(case))


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    """Note what was answered, and who owns what was made: a later request may be about it."""
    label = case.operation.label
    with REACHED.open("a", encoding="utf-8") as reached:
        slug = ""
        if response.status_code >= 400 and response.content:
            slug = str(response.json().get("type", "")).rpartition(":")[2]
        method, path = response.request.method, label.partition(" ")[2]
        reached.write(f"{method} {path} {response.status_code} {slug}\n")
    if response.status_code in {200, 202} and label.startswith("POST /v1/enrolments"):
        told = response.json()
        for name in ("enrolment_id", "registration_id"):
            if name in told:
                _keys[told[name]] = _key_for(case)


def _begin(case: Any) -> None:
    client = _new_client()
    case.body.update(_devices.enrolment_of(_devices.next_person(), client))


def _prove(case: Any) -> None:
    begun = _devices.begin()
    _play(case, "enrolment_id", begun.enrolment_id, begun.client)
    case.body.update(_devices.proof(begun)[0])


def _confirm(case: Any) -> None:
    proven = _devices.prove()
    _play(case, "enrolment_id", proven.enrolment_id, proven.client)
    case.body.update(proven.confirmation)


def _resend(case: Any) -> None:
    names = list(WORLD["resending"])
    case.path_parameters["enrolment_id"] = names[_turn("resending") % len(names)]


def _open_vault(case: Any) -> None:
    device = _use_new_device(case)
    case.body.update({"pin_auth": device.pin_auth, "share_id": device.share_id})


def _consent(case: Any) -> None:
    _use_new_device(case)
    case.body.update(_devices.consent())


def _use_new_device(case: Any) -> Enrolled:
    device = _devices.enrol()
    _play(case, "registration_id", device.client.registration_id, device.client)
    if isinstance(case.body, dict) and "clock" in case.body:
        case.body["clock"] = format_time(time.time_ns() // 1_000_000)
    return device


def _resend_name_code(case: Any) -> None:
    names = list(WORLD["proving"])
    case.path_parameters["registration_id"] = names[_turn("proving") % len(names)]


def _prove_name(case: Any) -> None:
    device = _use_new_device(case)
    _devices.begin_name_proof(device)
    case.body["code"] = _devices.newest_code(device.person)


def _verify(case: Any) -> None:
    device = _devices.enrol()
    case.body["trainee"] = {"name": device.person.name, "phone": device.person.phone}
    case.body["code"] = device.code()


def _send_form(case: Any) -> None:
    device = _devices.enrol()
    case.body.update(
        {
            "USER_NM": device.person.name,
            "USER_TEL": device.person.phone,
            "OTPNO": device.code(),
            "AGTID": WORLD["institution"],
            "CLASS_AGENT_PK": "C-1,1",
            "COURSE_AGENT_PK": "C-1",
            "EVAL_CD": "01",
            "CLASS_TME": "01",
        }
    )


def _make_popup(case: Any) -> None:
    person = _devices.next_person()
    case.body["trainee"] = {"name": person.name, "phone": person.phone}
    case.body["return_origin"] = ORIGIN_OF_PAGES


def _read_popup(case: Any) -> None:
    case.path_parameters["popup_id"] = _new_popup(_devices.enrol()).popup_id


def _ask_for_approval(case: Any) -> None:
    device = _devices.enrol()
    _play(case, "ticket", _new_popup(device).ticket(), device.client)


def _approve(case: Any) -> None:
    device = _devices.enrol()
    popup = _new_popup(device)
    ticket = popup.ticket()
    _play(case, "ticket", ticket, device.client)
    case.body.update(device.refusal(ticket))


def _new_popup(device: Enrolled) -> OpenedPopup:
    return OpenedPopup(WORLD["origin"], str(WORLD["api_key"]), device.person, ORIGIN_OF_PAGES)


def _require(case: Any) -> None:
    person = _devices.next_person()
    case.query.pop("trainee_id", None)
    case.query.update({"name": person.name, "phone": person.phone})


def _sign_in(case: Any) -> None:
    case.body.clear()
    case.body.update(_staff.sign_in())


def _set_up(case: Any) -> None:
    token, answer = _staff.set_up()
    case.path_parameters["setup_token"] = token
    case.body.update(answer)


def _end_session(case: Any) -> None:
    case.path_parameters["session_id"] = _staff.session_id(_turn("session"))


def _search(case: Any) -> None:
    case.query.clear()
    case.query["q"] = _devices.next_person().phone


def _show_person(case: Any) -> None:
    case.body["reason"] = "본인 확인"


def _act(case: Any) -> None:
    # Not a suspension: in a long run the same person has another turn.
    case.path_parameters["registration_id"] = _devices.enrol().client.registration_id
    case.body.update({"action": "revoke", "reason": "분실 신고"})


def _give_bypass(case: Any) -> None:
    device = _devices.enrol()
    case.path_parameters["trainee_id"] = _staff.trainee_id(device.person.phone)
    case.body.update(
        {"institution_id": WORLD["institution"], "occasion": "exam", "reason": "앱 고장"}
    )


def _show_status(case: Any) -> None:
    client = _devices.enrol().client
    now = int(time.time())
    claims = StatusClaims(
        sub=client.registration_id, iat=now, exp=now + 600, jti="fuzz", app_version="0.1.0",
        skew=0, state="active",
    )  # fmt: skip
    case.body["token"] = sign_status(client.key, claims)


def _read_audit(case: Any) -> None:
    case.query.clear()


def _export_audit(case: Any) -> None:
    case.query.clear()
    case.query.update({"reason": "정기 감사", "kind": "staff-added"})


def _enrol_kiosk(case: Any) -> None:
    codes = WORLD["kiosk_codes"]
    case.body.update(enrolment(codes[_turn("kiosk code") % len(codes)], _new_client()))


def _use_kiosk(case: Any) -> None:
    names = list(WORLD["kiosks"])
    case.path_parameters["kiosk_id"] = names[_turn("kiosk") % len(names)]
    if isinstance(case.body, dict) and "clock" in case.body:
        case.body["clock"] = format_time(time.time_ns() // 1_000_000)


def _leave_kiosk(case: Any) -> None:
    _use_kiosk(case)
    case.body["exit_auth"] = EXIT_AUTH


def _act_on_kiosk(case: Any) -> None:
    _use_kiosk(case)
    case.body.update({"action": "unlock", "reason": "점검 끝"})


def _read_consent(case: Any) -> None:
    case.path_parameters["version"] = _devices.consent_version
    case.query["lang"] = "ko"


_MOVES: dict[str, Callable[[Any], Any]] = {
    "POST /v1/enrolments": _begin,
    "POST /v1/enrolments/{enrolment_id}/identity": _prove,
    "POST /v1/enrolments/{enrolment_id}/identity/resend": _resend,
    "POST /v1/enrolments/{enrolment_id}/confirm": _confirm,
    "POST /v1/registrations/{registration_id}/unlock": _open_vault,
    "POST /v1/registrations/{registration_id}/pin": _open_vault,
    "POST /v1/registrations/{registration_id}/sync": _use_new_device,
    "POST /v1/registrations/{registration_id}/consent": _consent,
    "DELETE /v1/registrations/{registration_id}": _use_new_device,
    "GET /v1/registrations/{registration_id}/history": _use_new_device,
    "GET /v1/registrations/{registration_id}/requirements": _use_new_device,
    "POST /v1/registrations/{registration_id}/name-proof": _use_new_device,
    "POST /v1/registrations/{registration_id}/name-proof/resend": _resend_name_code,
    "POST /v1/registrations/{registration_id}/name-proof/confirm": _prove_name,
    "POST /v1/verifications": _verify,
    "POST /v1/popups": _make_popup,
    "GET /v1/popups/{popup_id}": _read_popup,
    "GET /v1/approvals/{ticket}": _ask_for_approval,
    "POST /v1/approvals/{ticket}": _approve,
    "POST /api/v2/otp_accredit": _send_form,
    "POST /api/v2/user_reset": _send_form,
    "GET /v1/requirements": _require,
    "POST /v1/helpdesk/sessions": _sign_in,
    "POST /v1/helpdesk/setups/{setup_token}": _set_up,
    "DELETE /v1/helpdesk/sessions/{session_id}": _end_session,
    "GET /v1/helpdesk/trainees": _search,
    "POST /v1/helpdesk/trainees/{trainee_id}/person": _show_person,
    "POST /v1/helpdesk/registrations/{registration_id}/actions": _act,
    "POST /v1/helpdesk/trainees/{trainee_id}/bypass": _give_bypass,
    "POST /v1/helpdesk/status-token": _show_status,
    "GET /v1/helpdesk/audit": _read_audit,
    "GET /v1/helpdesk/audit/export": _export_audit,
    "POST /v1/kiosks": _enrol_kiosk,
    "GET /v1/kiosks/{kiosk_id}/config": _use_kiosk,
    "POST /v1/kiosks/{kiosk_id}/report": _use_kiosk,
    "POST /v1/kiosks/{kiosk_id}/exit": _leave_kiosk,
    "POST /v1/helpdesk/kiosks/{kiosk_id}/actions": _act_on_kiosk,
    "GET /v1/consents/{version}": _read_consent,
}
"""How a request of an operation does the right thing."""


def _is_wrong(case: Any, where: ParameterLocation) -> bool:
    return case.meta is not None and bool(case.meta.is_negative_at(where))


def _is_right(case: Any) -> bool:
    return case.meta is None or not case.meta.generation.mode.is_negative


def _turn(name: str) -> int:
    """Whose turn it is, counted from 0: so that a seed repeats the run."""
    _turns[name] += 1
    return _turns[name] - 1


def _new_client() -> RawClient:
    client = RawClient(WORLD["origin"])
    _fresh[client.public_key] = client.key
    return client


def _play(case: Any, name: str, value: str, client: RawClient) -> None:
    _keys[value] = client.key
    case.path_parameters[name] = value


def _key_for(case: Any) -> Ed25519PrivateKey:
    body = case.body if isinstance(case.body, dict) else {}
    device = body.get("device")
    public = (device if isinstance(device, dict) else body).get("public_key")
    if isinstance(public, str) and public in _fresh:
        return _fresh[public]
    for name in (*_ids, "ticket"):
        owner = (case.path_parameters or {}).get(name)
        if owner in _keys:
            return _keys[owner]
    return next(iter(_keys.values()))
