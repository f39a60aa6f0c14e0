"""Speaking another language than Korean, which is the language of the source."""

import logging

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from motp_desktop.resources import resource
from motp_protocol.fields import Language

_log = logging.getLogger(__name__)


def install_language(app: QApplication, lang: Language) -> None:
    """Speak this language from now on. Open windows are told by a LanguageChange event."""
    for old in app.findChildren(_OwnTranslator):
        app.removeTranslator(old)
        old.setParent(None)
    QLocale.setDefault(QLocale(lang))
    _install(app, f"qtbase_{lang}.qm", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    if lang != "ko":
        _install(app, f"motp_desktop_{lang}.qm", str(resource("i18n")))


class _OwnTranslator(QTranslator):
    """Told apart from translators that are not ours to remove."""


def _install(app: QApplication, name: str, folder: str) -> None:
    translator = _OwnTranslator(app)
    if translator.load(name, folder):
        app.installTranslator(translator)
        return
    translator.setParent(None)
    if name.startswith("motp"):
        _log.warning("%s is missing: speaking Korean; `make translations` builds it", name)
