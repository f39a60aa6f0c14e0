"""The one place where `motp://` links arrive."""

from motp_desktop.services import outcomes
from motp_desktop.services.use_cases import Links
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.states import LinkState


class LinkViewModel(ViewModel[LinkState]):
    """Reads links and says what they ask for; what is not for this app moves nothing."""

    def __init__(self, links: Links) -> None:
        super().__init__(LinkState())
        self._links = links

    def receive(self, text: str) -> None:
        """A link was opened."""
        if isinstance(self._links.read(text), outcomes.ApprovalAsked):
            self._show(LinkState(approval_asked=True))

    def dismiss(self) -> None:
        """The person has read what is said of it."""
        self._show(LinkState())
