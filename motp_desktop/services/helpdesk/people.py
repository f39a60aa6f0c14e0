"""Looking people up, and doing something for them."""

from motp_desktop.services.helpdesk import outcomes as o
from motp_desktop.services.helpdesk.ports import HelpdeskApi, PeopleQuery
from motp_desktop.services.helpdesk.reasons import clean_reason
from motp_desktop.services.helpdesk.refusals import value_or_trouble
from motp_protocol import helpdesk as m
from motp_protocol.fields import Occasion


class People:
    """All methods may block for seconds. Reasons are checked before: `reasons.reason_fault`."""

    def __init__(self, api: HelpdeskApi) -> None:
        self._api = api

    def search(self, query: PeopleQuery) -> m.FoundTrainees | o.StaffTrouble:
        """A page of who is found."""
        return value_or_trouble(self._api.trainees(query))

    def look(self, trainee_id: str) -> m.TraineePage | o.StaffTrouble:
        """All about one person, masked."""
        return value_or_trouble(self._api.trainee(trainee_id))

    def reveal(self, trainee_id: str, reason: str) -> m.PersonShown | o.StaffTrouble:
        """Name and number in full; the verifier notes who saw them and why."""
        request = m.WithReason(reason=clean_reason(reason))
        return value_or_trouble(self._api.person(trainee_id, request))

    def act(
        self, registration_id: str, action: m.StaffAction, reason: str
    ) -> m.StaffRegistration | o.StaffTrouble:
        """Do something to a registration."""
        request = m.ActionRequest(action=action, reason=clean_reason(reason))
        return value_or_trouble(self._api.act(registration_id, request))

    def bypass(
        self, trainee_id: str, institution_id: str, occasion: Occasion, reason: str
    ) -> m.BypassCode | o.StaffTrouble:
        """A code that stands in for one of the app's, once."""
        request = m.BypassRequest(
            institution_id=institution_id, occasion=occasion, reason=clean_reason(reason)
        )
        return value_or_trouble(self._api.bypass(trainee_id, request))
