"""The page of a pop-up, as HTML that works without any script."""

from dataclasses import dataclass
from typing import get_args

from motp_protocol.fields import Carrier
from motp_verifier.http.popups.markup import Markup, document, joined, tag
from motp_verifier.http.popups.requests import Lang
from motp_verifier.http.popups.texts import TEXTS, PageTexts
from motp_verifier.services.popups.pages import PopupView

_ASKING = frozenset({"waiting", "asked", "approved"})
_ENDED_TICKETS = frozenset({"ticket-expired", "refused", "number-wrong", "other-browser"})
_DONE = frozenset({"accepted", "done"})
_CARRIERS = {
    "SKT": "SKT",
    "KT": "KT",
    "LGU": "LG U+",
    "SKT_MVNO": "SKT 알뜰폰",
    "KT_MVNO": "KT 알뜰폰",
    "LGU_MVNO": "LG U+ 알뜰폰",
}


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses that the page names; `install` and `help` may be empty: then ours serve."""

    style: str
    script: str
    install: str
    help: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds each page. `chosen` says that the language was chosen by its link."""

    links: Links
    lang: Lang
    chosen: bool

    @property
    def texts(self) -> PageTexts:
        """The words of the page's language."""
        return TEXTS[self.lang]

    def at(self, path: str) -> str:
        """An address of ours that keeps the language."""
        return f"{path}?lang={self.lang}" if self.chosen else path

    def page(self, title: str, *main: Markup, data: dict[str, str] | None = None) -> bytes:
        """A whole page."""
        words, other = self.texts, "en" if self.lang == "ko" else "ko"
        head = tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="robots", content="noindex"),
            tag("title", f"{title} · {words.product}"),
            tag("link", rel="stylesheet", href=self.links.style),
            tag("script", src=self.links.script, defer=True),
        )
        switch = tag("a", words.other_language, href=f"?lang={other}", hreflang=other, lang=other)
        header = tag("header", tag("span", words.product, class_="product"), switch)
        named = {f"data_{key}": value for key, value in (data or {}).items()}
        body = tag("body", header, tag("main", *main), self._footer(), **named)
        return document(self.lang, head, body)

    def _footer(self) -> Markup:
        words = self.texts
        install = self.links.install or self.at("/popup-help") + "#install"
        help_ = self.links.help or self.at("/popup-help")
        return tag("footer", _aside(install, words.install), _aside(help_, words.help))


def popup_page(frame: Frame, view: PopupView) -> bytes:
    """The page as the pop-up stands."""
    if view.stage in _DONE or view.stage == "expired":
        return _end_page(frame, view)
    if view.stage in _ASKING:
        return _app_page(frame, view)
    return _code_page(frame, view)


def phone_page(frame: Frame, view: PopupView) -> bytes:
    """The page for an identity check by phone."""
    if view.stage in _DONE or view.stage == "expired":
        return _end_page(frame, view)
    words = frame.texts
    notice = _notice(words, view, phone=True)
    parts: list[Markup]
    if view.phone_method == "none":
        parts = [tag("p", words.phone_none, class_="lead")]
    elif view.phone is not None:
        parts = _phone_code(frame, view, notice)
    else:
        parts = [notice, *_phone_start(frame, view)]
    back = tag("a", words.back_to_code, class_="quiet", href=frame.at(f"/popup/{view.popup_id}"))
    return frame.page(
        words.phone_title, _card(tag("h1", words.phone_title), _what(words, view), *parts, back)
    )


def message_page(frame: Frame, title: str, text: str, *, back: str | None = None) -> bytes:
    """A page that says one thing, and perhaps leads back."""
    words = frame.texts
    button = _close(words) if back is None else tag("a", words.to_page, class_="button", href=back)
    return frame.page(
        title, _card(tag("h1", title), tag("p", text, class_="lead", role="status"), button)
    )


def _code_page(frame: Frame, view: PopupView) -> bytes:
    words, base = frame.texts, f"/popup/{view.popup_id}"
    shown = _notice(words, view, phone=False)
    named = tag("p", words.name_hint, class_="hint") if view.name_required else None
    form = tag(
        "form",
        _digits("code", words.code_label, words.code_hint, invalid=bool(shown)),
        shown,
        tag("button", words.confirm, class_="button", type="submit"),
        method="post",
        action=frame.at(f"{base}/code"),
    )
    by_app = tag(
        "form",
        tag("button", words.by_app, class_="button secondary", type="submit"),
        method="post",
        action=frame.at(f"{base}/approval"),
    )
    by_phone = tag("a", words.by_phone, class_="quiet", href=frame.at(f"{base}/phone"))
    return frame.page(
        words.code_title,
        _card(
            tag("h1", words.code_title),
            _what(words, view),
            form,
            named,
            tag("p", words.or_, class_="or"),
            by_app,
            by_phone,
        ),
    )


def _app_page(frame: Frame, view: PopupView) -> bytes:
    words, base = frame.texts, f"/popup/{view.popup_id}"
    said = {"waiting": words.waiting, "asked": words.asked}.get(view.stage, words.approved)
    number, open_app = None, None
    if view.number is not None and view.link is not None:
        number = tag(
            "p",
            tag("span", words.app_number, class_="small"),
            tag("strong", view.number, class_="number"),
            class_="panel",
        )
        open_app = tag("a", words.open_app, class_="button", id="open-app", href=view.link)
    again = tag(
        "form",
        tag("button", words.new_number, class_="quiet", type="submit"),
        method="post",
        action=frame.at(f"{base}/approval"),
    )
    back = tag(
        "form",
        tag("button", words.back_to_code, class_="quiet", type="submit"),
        method="post",
        action=frame.at(f"{base}/approval/end"),
    )
    look = tag("a", words.look_again, class_="quiet", id="look-again", href=frame.at(base))
    return frame.page(
        words.app_title,
        _card(
            tag("h1", words.app_title),
            _what(words, view),
            tag("p", words.app_steps),
            number,
            open_app,
            tag("p", said, class_="status", role="status"),
            look,
            again,
            back,
        ),
        data={"stage": view.stage, "events": f"{base}/events"},
    )


def _end_page(frame: Frame, view: PopupView) -> bytes:
    words, accepted = frame.texts, view.stage in _DONE
    title = words.done_title if accepted else words.expired_title
    text = words.done_text if accepted else words.expired_text
    sign, kind = ("✓", "ok") if accepted else ("!", "bad")
    return frame.page(
        title,
        _card(
            tag("p", sign, class_=f"sign {kind}", aria_hidden="true"),
            tag("h1", title),
            _what(words, view),
            tag("p", text, class_="lead", role="status"),
            _close(words),
        ),
        data={
            "popup_id": view.popup_id,
            "result": "accepted" if accepted else "expired",
            "return_origin": view.return_origin,
        },
    )


def _phone_start(frame: Frame, view: PopupView) -> list[Markup]:
    words = frame.texts
    text = words.phone_roster if view.sent_to is None else words.phone_text
    fields: list[Markup] = []
    if view.phone_method == "carrier":
        choices = [tag("option", _CARRIERS[each], value=each) for each in get_args(Carrier)]
        fields = [
            tag("p", words.phone_named, class_="hint"),
            tag("label", words.carrier, for_="operator"),
            tag("select", *choices, id="operator", name="operator", required=True),
            tag("label", words.birth, for_="birth"),
            tag(
                "input",
                id="birth",
                name="birth_and_sex",
                inputmode="numeric",
                autocomplete="off",
                maxlength="8",
                pattern="[0-9]{6}-?[1-8]",
                required=True,
                aria_describedby="birth-hint",
            ),
            tag("p", words.birth_hint, class_="hint", id="birth-hint"),
        ]
    return [
        tag("p", text.format(phone=view.sent_to), class_="lead"),
        tag(
            "form",
            *fields,
            tag("button", words.send_code, class_="button", type="submit"),
            method="post",
            action=frame.at(f"/popup/{view.popup_id}/phone"),
        ),
    ]


def _phone_code(frame: Frame, view: PopupView, notice: Markup) -> list[Markup]:
    words, base = frame.texts, f"/popup/{view.popup_id}/phone"
    text = words.sent_roster if view.sent_to is None else words.sent
    wait = 0 if view.phone is None else view.phone.seconds_to_resend
    if wait:
        again = tag(
            "p", words.send_again_after.format(seconds=str(wait)), class_="hint", role="note"
        )
    elif view.phone_method == "carrier":
        # Another message needs what the carrier compares, which is not kept.
        again = joined(*_phone_start(frame, view))
    else:
        again = tag(
            "form",
            tag("button", words.send_again, class_="quiet", type="submit"),
            method="post",
            action=frame.at(base),
        )
    return [
        tag("p", text.format(phone=view.sent_to), class_="lead", role="status"),
        tag(
            "form",
            _digits("code", words.phone_code_label, words.code_hint, invalid=bool(notice)),
            notice,
            tag("button", words.confirm, class_="button", type="submit"),
            method="post",
            action=frame.at(f"{base}/confirm"),
        ),
        again,
    ]


def _digits(name: str, label: str, hint: str, *, invalid: bool) -> Markup:
    """One field for six digits; with a script it is drawn as six boxes, and stays one field."""
    described = f"{name}-hint notice" if invalid else f"{name}-hint"
    return joined(
        tag("label", label, for_=name),
        tag(
            "div",
            tag(
                "input",
                id=name,
                name=name,
                class_="digits",
                inputmode="numeric",
                autocomplete="one-time-code",
                maxlength="13",
                required=True,
                autofocus=True,
                aria_describedby=described,
                aria_invalid="true" if invalid else None,
            ),
            class_="field",
        ),
        tag("p", hint, class_="hint", id=f"{name}-hint"),
    )


def _notice(words: PageTexts, view: PopupView, *, phone: bool) -> Markup:
    name = view.notice
    if name is None and view.stage in _ENDED_TICKETS:
        name = view.stage
    about_phone = name is not None and (name.startswith("phone-") or name == "not-on-roster")
    if name is None or about_phone is not phone or not words.notices[name]:
        return Markup("")
    text = words.notices[name].format(left=view.attempts_left)
    return tag("p", text, class_="notice", id="notice", role="alert")


def _what(words: PageTexts, view: PopupView) -> Markup:
    """For whom and for what the check is."""
    rows = [(words.course, view.course), (words.class_, view.class_)]
    if view.session:
        rows.append((words.session, words.session_number.format(session=view.session)))
    rows.append((words.occasion, words.occasions[view.occasion]))
    pairs = [tag("div", tag("dt", name), tag("dd", value)) for name, value in rows]
    return joined(tag("p", view.institution, class_="institution"), tag("dl", *pairs))


def _card(*parts: Markup | None) -> Markup:
    return tag("section", *parts, class_="card")


def _close(words: PageTexts) -> Markup:
    return tag("button", words.close, class_="button", type="button", id="close", hidden=True)


def _aside(href: str, text: str) -> Markup:
    return tag("a", text, href=href, target="_blank", rel="noopener")
