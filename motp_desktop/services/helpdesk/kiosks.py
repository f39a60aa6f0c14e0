"""Kiosks, as staff see them, lock them and unlock them."""

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.ports import HelpdeskApi
from motp_desktop.services.helpdesk.reasons import clean_reason
from motp_desktop.services.helpdesk.refusals import value_or_trouble
from motp_protocol import helpdesk as m


class StaffedKiosks:
    """All methods may block for seconds. Reasons are checked before: `reasons.reason_fault`."""

    def __init__(self, api: HelpdeskApi) -> None:
        self._api = api

    def all(self) -> m.StaffKiosks | o.StaffTrouble:
        """Every kiosk, the oldest first."""
        return value_or_trouble(self._api.kiosks())

    def act(
        self, kiosk_id: str, action: m.KioskAction, reason: str
    ) -> m.StaffKiosk | o.StaffTrouble:
        """Lock a kiosk, or unlock it; the kiosk as it is then."""
        request = m.KioskActionRequest(action=action, reason=clean_reason(reason))
        return value_or_trouble(self._api.act_on_kiosk(kiosk_id, request))
