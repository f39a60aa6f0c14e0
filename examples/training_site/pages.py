"""The site's pages. Whatever is put into one goes through `html.escape`."""

from dataclasses import dataclass
from html import escape

from .accounts import Account
from .browsers import Session
from .courses import COURSES, Course, Step, steps_of
from .gate import Opened
from .settings import Settings
from .texts import text

_EVALUATION = {"entry": "00", "lesson": "01", "exam": "02"}


@dataclass(frozen=True, slots=True)
class Pages:
    """Draws pages. The verifier's origin is named to the scripts that talk to it."""

    settings: Settings

    def sign_in(self, session: Session, accounts: dict[str, Account]) -> str:
        """Whom to learn as."""
        buttons = "".join(
            _form("/sign-in", session, _button(each.name, "secondary"), account=each.id)
            for each in accounts.values()
        )
        hint = f"<p class=hint>{escape(text(session, 'sample'))}</p>"
        return self._page(session, text(session, "sign-in"), hint, buttons)

    def courses(self, session: Session, records: list[tuple[str, str, int, str]]) -> str:
        """All courses with their steps, and what was checked."""
        parts = []
        for course in COURSES:
            title = title_of(session, course)
            links = "".join(
                f'<li><a href="/steps/{step.path}">{escape(step_name(session, step))}</a></li>'
                for step in steps_of(course)
            )
            parts.append(f"<h2>{escape(title)}</h2><ul class=steps>{links}</ul>")
        titles = {each.id: title_of(session, each) for each in COURSES}
        lines = "".join(
            f"<li>{escape(titles.get(course, course))} · "
            f"{escape(text(session, occasion, session=number))} · "
            f"{escape(text(session, method))}</li>"
            for course, occasion, number, method in records
        )
        kept = f"<ul id=records>{lines}</ul>" if lines else f"<p>{text(session, 'no-records')}</p>"
        parts.append(f"<h2>{escape(text(session, 'records'))}</h2>{kept}")
        return self._page(session, text(session, "courses"), *parts)

    def step(self, session: Session, step: Step, opened: Opened) -> str:
        """A step that is open."""
        how = text(session, "opened-asked" if opened.asked else "opened")
        out = (
            _form(f"/steps/{step.path}", session, _button(text(session, "hand-in")))
            if step.occasion == "exam"
            else _link("/", text(session, "back"))
        )
        return self._page(
            session,
            step_name(session, step),
            _course(session, step),
            f"<p class=ok role=status>✓ {escape(how)}</p>",
            f"<p>{escape(text(session, 'content'))}</p>",
            out,
        )

    def check(self, session: Session, step: Step, notice: str = "") -> str:
        """A check by code or by pop-up."""
        path = f"/checks/{step.path}"
        code = _form(f"{path}/code", session, self._code_field(session, notice))
        popup = _form(
            f"{path}/popup",
            session,
            f"<p>{escape(text(session, 'popup-text'))}</p>",
            _button(text(session, "by-popup"), "secondary"),
            attributes='target="motp" id="open-popup"',
        )
        waiting = step in session.popups
        done = _form(
            f"{path}/popup/done",
            session,
            _button(text(session, "popup-done"), "quiet"),
            attributes='id="popup-done"' + ("" if waiting else " hidden"),
        )
        return self._page(
            session,
            text(session, "check"),
            _course(session, step),
            f"<p>{escape(text(session, 'check-why', step=step_name(session, step)))}</p>",
            code,
            popup,
            done,
            _link(f"{path}/form", text(session, "by-form")),
            scripts=("popups", "check"),
        )

    def form_interface(self, session: Session, account: Account, step: Step) -> str:
        """A check as the agency's sites do it: the page itself sends the form to the verifier."""
        path = f"/checks/{step.path}"
        fields = {
            "USER_NM": account.name,
            "USER_TEL": account.phone,
            "AGTID": self.settings.institution,
            "USRID": account.id,
            "SESSIONID": session.form_token[:16],
            "EXIP": "",
            "COURSE_AGENT_PK": step.course.id,
            "CLASS_AGENT_PK": f"{step.course.id},{step.course.class_}",
            "EVAL_CD": _EVALUATION[step.occasion],
            "EVAL_TYPE": step.occasion,
            "CLASS_TME": f"{step.session:02d}",
        }
        hidden = "".join(_hidden(name, value) for name, value in fields.items())
        form = (
            f'<form id="accredit" autocomplete="off" data-next="/steps/{step.path}" '
            f'data-receipt="{path}/form">{hidden}{self._code_field(session, "", name="OTPNO")}'
            f"{_hidden('token', session.form_token)}</form>"
        )
        lift = _form(
            f"{path}/popup",
            session,
            _button(text(session, "form-lift"), "secondary"),
            attributes='target="motp" id="open-popup"',
        )
        lifted = (
            f'<p hidden id="lift-done" data-path="{path}/form/lift">'
            f"<button class=quiet type=button>{escape(text(session, 'form-lift-done'))}"
            "</button></p>"
        )
        return self._page(
            session,
            text(session, "form-title"),
            _course(session, step),
            form,
            f"<div id=lift hidden>{lift}</div>{lifted}",
            scripts=("ajax", "popups", "form_interface"),
        )

    def message(self, session: Session, key: str) -> str:
        """A page that says one thing."""
        return self._page(session, text(session, key), _link("/", text(session, "back")))

    def _code_field(self, session: Session, notice: str, name: str = "code") -> str:
        invalid = ' aria-invalid="true"' if notice else ""
        return (
            f"<label for=code>{escape(text(session, 'code-label'))}</label>"
            f"<input id=code name={name} class=digits inputmode=numeric "
            f'autocomplete="one-time-code" '
            f"maxlength=7 required autofocus aria-describedby=notice{invalid}>"
            f"<p id=notice class=bad role=alert>{escape(notice)}</p>"
            + _button(text(session, "confirm"))
        )

    def _page(
        self, session: Session, title: str, *parts: str, scripts: tuple[str, ...] = ()
    ) -> str:
        other = "ko" if session.lang == "en" else "en"
        loaded = "".join(f'<script src="/static/{each}.js" defer></script>' for each in scripts)
        out = _form("/sign-out", session, _button(text(session, "sign-out"), "quiet"))
        return (
            f'<!doctype html><html lang="{session.lang}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(title)} · {escape(text(session, 'site'))}</title>"
            f'<link rel="stylesheet" href="/static/site.css">{loaded}</head>'
            f'<body data-verifier="{escape(self.settings.verifier)}"><header>'
            f'<a class=product href="/">{escape(text(session, "site"))}</a>'
            f'<a class=quiet href="/?lang={other}" lang={other}>'
            f"{text(session, 'other-language')}</a></header>"
            f"<main class=card><h1>{escape(title)}</h1>{''.join(parts)}</main>"
            f"<footer>{self._who(session)}{out if session.account else ''}</footer></body></html>"
        )

    def _who(self, session: Session) -> str:
        return f"<span>{escape(session.account.name)}</span>" if session.account else ""


def title_of(session: Session, course: Course) -> str:
    """A course's title in the session's language."""
    return course.title_en if session.lang == "en" else course.title


def step_name(session: Session, step: Step) -> str:
    """`1차시 보호구 고르기`."""
    name = text(session, step.occasion, session=step.session)
    if step.occasion != "lesson":
        return name
    korean, english = step.course.lessons[step.session - 1]
    return f"{name} {english if session.lang == 'en' else korean}"


def _course(session: Session, step: Step) -> str:
    title = title_of(session, step.course)
    return f"<p class=hint>{escape(title)} · {escape(step.course.class_)}</p>"


def _form(action: str, session: Session, *parts: str, attributes: str = "", **more: str) -> str:
    hidden = "".join(_hidden(name, value) for name, value in more.items())
    return (
        f'<form method=post action="{escape(action)}" {attributes}>'
        f"{_hidden('token', session.form_token)}{hidden}{''.join(parts)}</form>"
    )


def _hidden(name: str, value: str) -> str:
    return f'<input type=hidden name="{escape(name)}" value="{escape(value)}">'


def _button(label: str, kind: str = "") -> str:
    return f'<button class="button {kind}">{escape(label)}</button>'


def _link(href: str, label: str) -> str:
    return f'<a class=quiet href="{escape(href)}">{escape(label)}</a>'
