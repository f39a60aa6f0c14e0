"""Reading what a trainee's device shows: a QR code in a picture, or a short code."""

import re

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.ports import HelpdeskApi, Picture, QrReader
from motp_desktop.services.helpdesk.refusals import value_or_trouble
from motp_protocol.helpdesk import StatusTokenRead, StatusTokenRequest
from motp_protocol.status_token import LONGEST, normalise_short_code

# A compact JWS (RFC 7515 §7.1).
_TOKEN = re.compile(r"\A[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\Z")


class StatusCheck:
    """All methods may block for seconds."""

    def __init__(self, api: HelpdeskApi, reader: QrReader) -> None:
        self._api = api
        self._reader = reader

    def find(self, picture: Picture) -> o.StatusFound | o.NoStatusFound:
        """The status in a picture, of several the first."""
        texts = self._reader.read(picture)
        if texts is None:
            return o.NoStatusFound("no-reader")
        tokens = [text for text in texts if len(text) <= LONGEST and _TOKEN.match(text)]
        if tokens:
            return o.StatusFound(tokens[0])
        return o.NoStatusFound("other" if texts else "none")

    def read_picture(self, picture: Picture) -> StatusTokenRead | o.NoStatusFound | o.StaffTrouble:
        """Find a status in a picture and have the verifier read it."""
        found = self.find(picture)
        if isinstance(found, o.NoStatusFound):
            return found
        return value_or_trouble(self._api.read_status(StatusTokenRequest(token=found.token)))

    def read_code(self, code: str, trainee_id: str | None) -> StatusTokenRead | o.StaffTrouble:
        """Whose short code this is; it proves nothing. `code` is one: `is_short_code`."""
        request = StatusTokenRequest(short_code=normalise_short_code(code), trainee_id=trainee_id)
        return value_or_trouble(self._api.read_status(request))


def is_short_code(text: str) -> bool:
    """Whether this is a short code, in any spelling."""
    try:
        normalise_short_code(text)
    except ValueError:
        return False
    return True
