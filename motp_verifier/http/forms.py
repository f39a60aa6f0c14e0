"""The agency's form interface, as its sites call it: whatever comes is answered by HTTP 200."""

import logging
from dataclasses import dataclass
from typing import Any, TypeAlias

from litestar import Request, Response, post, route
from litestar.enums import HttpMethod
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType

from motp_protocol.problems import ProblemType
from motp_verifier.http.client_address import ClientAddresses
from motp_verifier.http.form_answers import (
    FormAnswer,
    FormCode,
    check_response,
    form_response,
    reset_response,
    unread_code,
)
from motp_verifier.http.form_body import MEDIA_TYPE, Form, read_form
from motp_verifier.http.problems import gone_response, problem_specs
from motp_verifier.http.router import Router
from motp_verifier.services.form_interface.admission import Caller
from motp_verifier.services.form_interface.checks import FormChecks
from motp_verifier.services.form_interface.reading import CHECK_FIELDS, RESET_FIELDS
from motp_verifier.services.form_interface.resets import FormResets

PATHS = ("/api/v2/otp_accredit", "/api/v2/user_reset")
AnyRequest: TypeAlias = Request[Any, Any, Any]

_OTHER_METHODS = [HttpMethod.GET, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE]
_METHODS = [*_OTHER_METHODS, HttpMethod.POST, HttpMethod.OPTIONS]
_ANSWERS = {
    200: ResponseSpec(FormAnswer, description="`code` says how it went", generate_examples=False),
    **problem_specs(ProblemType.TOO_LARGE, ProblemType.UNAVAILABLE),
}
_log = logging.getLogger(__name__)


def forms_router(checks: FormChecks, resets: FormResets, addresses: ClientAddresses) -> Router:
    """Both routes, by every method."""

    @post(PATHS[0], status_code=200, responses=_ANSWERS, operation_class=_CheckOperation)
    async def accredit(request: AnyRequest) -> Response[FormAnswer]:
        """Whether a trainee's code is right, by the agency's form; a code is accepted once."""
        form = read_form(_content_types(request), await request.body(), CHECK_FIELDS)
        if not isinstance(form, Form):
            return form_response(unread_code(form))
        caller = _caller(request, addresses)
        outcome = await checks.check(form.fields, caller)
        return check_response(outcome, browser=caller.is_browser)

    @post(PATHS[1], status_code=200, responses=_ANSWERS, operation_class=_ResetOperation)
    async def reset(request: AnyRequest) -> Response[FormAnswer]:
        """Lift a code lock for a number that was just proven: `M_TRNID` says by what."""
        form = read_form(_content_types(request), await request.body(), RESET_FIELDS)
        if not isinstance(form, Form):
            return form_response(unread_code(form))
        return reset_response(await resets.reset(form.fields, _caller(request, addresses)))

    @route(list(PATHS), http_method=_OTHER_METHODS, status_code=200, responses=_ANSWERS)
    async def other_method() -> Response[FormAnswer]:
        """Forms are sent by POST: `WE002`."""
        return form_response(FormCode.METHOD)

    @route(list(PATHS), http_method=HttpMethod.OPTIONS, status_code=204, include_in_schema=False)
    async def methods() -> Response[None]:
        # The framework's own names only the methods of the handler that it met first.
        return Response(None, headers={"Allow": ", ".join(sorted(_METHODS))})

    return Router(
        "/",
        route_handlers=[methods, accredit, reset, other_method],
        exception_handlers={HTTPException: _on_http, Exception: _on_fault},
        tags=["agency"],
    )


def _content_types(request: AnyRequest) -> list[str]:
    return request.headers.getall("content-type", [])


def _caller(request: AnyRequest, addresses: ClientAddresses) -> Caller:
    return Caller(addresses.of(request.scope), tuple(request.headers.getall("origin", [])))


def _on_http(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """The framework refused the body, such as one that is too long."""
    if gone := gone_response(error):
        return gone
    if error.status_code >= 500:  # noqa: PLR2004 - RFC 9110 §15.6
        return _on_fault(request, error)
    return form_response(FormCode.BAD_CALL)


def _on_fault(request: AnyRequest, error: Exception) -> Response[Any]:
    # The traceback shows lines of code, never values.
    _log.error("%s %s failed", request.method, request.scope.get("path_template"), exc_info=error)
    return form_response(FormCode.INTERNAL)


def _form_schema(names: frozenset[str]) -> RequestBody:
    text = Schema(type=OpenAPIType.STRING)
    fields = Schema(type=OpenAPIType.OBJECT, properties=dict.fromkeys(sorted(names), text))
    return RequestBody(content={MEDIA_TYPE: OpenAPIMediaType(schema=fields)}, required=True)


@dataclass
class _CheckOperation(Operation):
    """A form that no handler's parameters describe, for it is read strictly by hand."""

    def __post_init__(self) -> None:
        self.request_body = _form_schema(CHECK_FIELDS)


@dataclass
class _ResetOperation(Operation):
    """The same for the other form."""

    def __post_init__(self) -> None:
        self.request_body = _form_schema(RESET_FIELDS)
