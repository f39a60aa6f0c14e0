"""Request bodies: strict JSON into the protocol's messages."""

from collections.abc import Generator
from typing import Any, TypeVar

from litestar.dto import AbstractDTO, DTOFieldDefinition
from litestar.openapi.spec import Reference, Schema
from litestar.typing import FieldDefinition

from motp_protocol import wire
from motp_protocol.problems import ProblemType
from motp_verifier.http.problems import ProblemError

T = TypeVar("T")

MAX_BODY_BYTES = 64 * 1024


class WireBody(AbstractDTO[T]):
    """Decodes a handler's `data` as the protocol does, and not one bit more leniently.

    The framework's own decoding would take the text "5" for the number 5.
    """

    def decode_bytes(self, value: bytes) -> Any:
        """The message in a request's body; a malformed one is a problem."""
        content_type = self.asgi_connection.headers.get("content-type", "application/json")
        if content_type.partition(";")[0].strip().lower() != "application/json":
            raise ProblemError(ProblemType.UNSUPPORTED_MEDIA_TYPE, "send application/json")
        try:
            return wire.decode(value, self.model_type)
        except ValueError as error:
            raise ProblemError(ProblemType.MALFORMED_REQUEST, str(error)) from error

    @classmethod
    def create_for_field_definition(cls, *_args: Any, **_options: Any) -> None:
        """Nothing to prepare: the message type decodes itself."""

    @classmethod
    def create_openapi_schema(
        cls, field_definition: FieldDefinition, handler_id: str, schema_creator: Any
    ) -> Reference | Schema:
        """The message's own schema."""
        del handler_id
        schema: Reference | Schema = schema_creator.for_field_definition(field_definition)
        return schema

    @classmethod
    def generate_field_definitions(
        cls, model_type: type[Any]
    ) -> Generator[DTOFieldDefinition, None, None]:
        """None: see `create_for_field_definition`."""
        del model_type
        yield from ()

    @classmethod
    def detect_nested_field(cls, field_definition: FieldDefinition) -> bool:
        """None: see `create_for_field_definition`."""
        del field_definition
        return False
