"""What is said on a connection before there is a request that could be answered."""

from http import HTTPStatus

from motp_protocol import wire
from motp_protocol.problems import CONTENT_TYPE, Problem, ProblemType, problem


def refusal(status: HTTPStatus) -> bytes:
    """What is said of something that never became a request (RFC 9457 §4.2.1: no type)."""
    if status is HTTPStatus.BAD_REQUEST:
        told = problem(ProblemType.MALFORMED_REQUEST, "this is not HTTP/1.1")
    elif status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        told = problem(ProblemType.TOO_LARGE)
    elif status is HTTPStatus.SERVICE_UNAVAILABLE:
        told = problem(ProblemType.UNAVAILABLE, "too many connections", retry_after=1)
    else:
        told = Problem(type="about:blank", title=status.phrase, status=int(status))
    body = wire.encode(told)
    fields = {
        "Content-Type": CONTENT_TYPE,
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Connection": "close",
    }
    if told.retry_after is not None:
        fields["Retry-After"] = str(told.retry_after)
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {int(status)} {status.phrase}\r\n{head}\r\n".encode("ascii") + body
