"""A pop-up as a site makes it and a browser opens it, so that the app can be asked."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.fuzz.devices import Person


class OpenedPopup:
    """A pop-up for a person, in a browser of its own."""

    def __init__(self, origin: str, api_key: str, person: Person, return_origin: str) -> None:
        self._browser = httpx.Client(base_url=origin, trust_env=False, follow_redirects=True)
        made = self._browser.post(
            "/v1/popups",
            headers={"Authorization": f"Bearer {api_key}"},
            json={
                "trainee": {"name": person.name, "phone": person.phone},
                "course": "C-1",
                "class": "1",
                "occasion": "exam",
                "return_origin": return_origin,
            },
        )
        self.popup_id = str(made.raise_for_status().json()["popup_id"])
        self._own = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}
        self._browser.get(f"/popup/{self.popup_id}").raise_for_status()

    def ticket(self) -> str:
        """A ticket for the app, as the page's link has it."""
        page = self._browser.post(f"/popup/{self.popup_id}/approval", headers=self._own)
        found = re.search(r'href="(motp://[^"]*)"', page.raise_for_status().text)
        assert found is not None
        return parse_qs(urlsplit(html.unescape(found[1])).query)["ticket"][0]
