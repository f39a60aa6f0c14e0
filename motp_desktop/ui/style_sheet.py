"""The style sheet: what buttons, fields, menus and scroll bars look like in given tokens.

Text sizes come from fonts, not from here, so that larger text needs no other sheet.
"""

from motp_desktop.ui.tokens import Size, Space, Tokens


def style_sheet(tokens: Tokens) -> str:
    """The whole style sheet for one theme."""
    parts = (_buttons, _fields, _surfaces, _bars, _tables, _choices)
    return "\n".join(part(tokens) for part in parts)


def _buttons(t: Tokens) -> str:
    filled = f"border-radius: {Size.RADIUS}px; padding: 0 {Space.L}px;"
    has_tints = t.outline == 1
    quiet_edge = "transparent" if has_tints else t.accent
    disabled_edge = "solid" if has_tints else "dashed"
    return f"""
QPushButton {{ outline: none; }}
QPushButton[look="primary"] {{
  {filled} background: {t.accent}; color: {t.on_accent}; border: {t.outline}px solid {t.accent};
}}
QPushButton[look="primary"]:hover {{ background: {t.accent_hover}; }}
QPushButton[look="primary"]:pressed {{ background: {t.accent_pressed}; }}
QPushButton[look="danger"] {{
  {filled} background: {t.surface}; color: {t.bad}; border: 2px solid {t.bad};
}}
QPushButton[look="danger"]:hover {{ background: {t.bad_bg}; }}
QPushButton[look="outline"], QPushButton[look="key"] {{
  {filled} background: {t.surface}; color: {t.text}; border: {t.outline}px solid {t.line};
}}
QPushButton[look="key"] {{ padding: 0; }}
QPushButton[look="outline"]:hover, QPushButton[look="key"]:hover {{
  border-color: {t.accent}; background: {t.info_bg};
}}
QPushButton[look="outline"]:pressed, QPushButton[look="key"]:pressed {{
  background: {t.hover};
}}
QPushButton[look="outline"]:checked {{
  background: {t.info_bg}; color: {t.accent}; border: 2px solid {t.accent};
}}
QPushButton[look="plain"], QPushButton[look="icon"], QPushButton[look="back"] {{
  background: transparent; color: {t.accent}; border: {t.outline}px solid transparent;
  border-radius: {Size.RADIUS}px; padding: 0 {Space.M}px;
}}
QPushButton[look="icon"], QPushButton[look="back"] {{ padding: 0; color: {t.text}; }}
QPushButton[look="back"] {{ text-align: left; }}
QPushButton[look="icon"]::menu-indicator {{ image: none; width: 0; }}
QPushButton[look="plain"]:hover, QPushButton[look="icon"]:hover,
QPushButton[look="back"]:hover {{ background: {t.hover}; border-color: {quiet_edge}; }}
QPushButton[look="tab"] {{
  background: transparent; color: {t.text}; border: {t.outline}px solid transparent;
  border-radius: {Size.RADIUS}px; padding: 0 {Space.M}px;
}}
QPushButton[look="tab"]:hover {{ background: {t.hover}; border-color: {quiet_edge}; }}
QPushButton[look="tab"]:checked {{
  background: {t.info_bg}; color: {t.accent}; border: 2px solid {t.accent};
}}
QPushButton[look="icon"]:checked {{ background: {t.info_bg}; border-color: {t.accent}; }}
QPushButton:disabled {{
  color: {t.muted}; background: transparent; border-color: {t.hairline};
  border-style: {disabled_edge};
}}
"""


def _fields(t: Tokens) -> str:
    return f"""
QLineEdit {{
  background: {t.surface}; color: {t.text}; border: {t.outline}px solid {t.line};
  border-radius: {Size.RADIUS}px; padding: 0 {Space.M}px;
  selection-background-color: {t.accent}; selection-color: {t.on_accent};
  placeholder-text-color: {t.muted};
}}
QLineEdit[invalid="true"] {{ border: 2px solid {t.bad}; }}
QRadioButton[look="choice"] {{
  background: {t.surface}; color: {t.text}; border: {t.outline}px solid {t.line};
  border-radius: {Size.RADIUS}px; padding: 0 {Space.M}px; outline: none;
}}
QRadioButton[look="choice"]:hover {{ border-color: {t.accent}; background: {t.info_bg}; }}
QRadioButton[look="choice"]:checked {{
  border: 2px solid {t.accent}; background: {t.info_bg}; font-weight: bold;
}}
QRadioButton[look="choice"]::indicator {{
  width: 12px; height: 12px; border-radius: 8px; border: 2px solid {t.line};
  background: {t.surface};
}}
QRadioButton[look="choice"]::indicator:checked {{
  border: 4px solid {t.accent}; width: 8px; height: 8px; background: {t.surface};
}}
QRadioButton[look="choice"]:disabled {{ color: {t.muted}; border-style: dashed; }}
QRadioButton[look="choice"][invalid="true"] {{ border: 2px solid {t.bad}; }}
QLineEdit[look="digits"] {{ padding: 0 {Space.XS}px; }}
"""


def _surfaces(t: Tokens) -> str:
    return f"""
QFrame[look="card"] {{
  background: {t.surface}; border: {t.outline}px solid {t.edge};
  border-radius: {Size.CARD_RADIUS}px;
}}
QFrame[look="header"] {{ background: {t.surface}; border: none;
  border-bottom: 1px solid {t.edge}; }}
QFrame[look="line"] {{ background: {t.edge}; border: none; }}
QFrame[look="ok"], QFrame[look="warn"], QFrame[look="bad"], QFrame[look="info"] {{
  border: {t.outline}px solid transparent; border-radius: {Size.RADIUS}px;
}}
QFrame[look="ok"] {{ background: {t.ok_bg}; border-color: {t.ok}; }}
QFrame[look="warn"] {{ background: {t.warn_bg}; border-color: {t.warn}; }}
QFrame[look="bad"] {{ background: {t.bad_bg}; border-color: {t.bad}; }}
QFrame[look="info"] {{ background: {t.info_bg}; border-color: {t.accent}; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QScrollArea[look="document"] {{
  background: {t.surface}; border: {t.outline}px solid {t.line}; border-radius: {Size.RADIUS}px;
}}
QMenu {{
  background: {t.surface}; color: {t.text}; border: 1px solid {t.line}; padding: {Space.XS}px;
}}
QMenu::item {{ padding: {Space.M}px {Space.XL}px; border-radius: {Size.RADIUS}px; }}
QMenu::item:selected {{ background: {t.accent}; color: {t.on_accent}; }}
QMenu::separator {{ height: 1px; background: {t.edge}; margin: {Space.XS}px; }}
QToolTip {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line}; padding: 4px; }}
"""


def _bars(t: Tokens) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar::handle:vertical {{
  background: {t.line}; border-radius: 4px; min-height: {Size.TARGET}px;
}}
QScrollBar::handle:vertical:hover {{ background: {t.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _tables(t: Tokens) -> str:
    return f"""
QTableView {{
  background: {t.surface}; color: {t.text}; border: {t.outline}px solid {t.edge};
  border-radius: {Size.RADIUS}px; outline: none;
  selection-background-color: {t.info_bg}; selection-color: {t.text};
}}
QTableView::item {{ padding: 0 {Space.S}px; border-bottom: 1px solid {t.hairline}; }}
QTableView::item:hover {{ background: {t.hover}; }}
QTableView::item:selected {{
  background: {t.info_bg}; border-top: {t.outline}px solid {t.accent};
  border-bottom: {t.outline}px solid {t.accent};
}}
QHeaderView {{ background: {t.surface}; border: none; }}
QHeaderView::section {{
  background: {t.surface}; color: {t.muted}; border: none; padding: {Space.XS}px {Space.S}px;
  border-bottom: 1px solid {t.line};
}}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle:horizontal {{
  background: {t.line}; border-radius: 4px; min-width: {Size.TARGET}px;
}}
QSplitter::handle {{ background: transparent; }}
QSplitter::handle:hover {{ background: {t.hover}; }}
"""


def _choices(t: Tokens) -> str:
    return f"""
QComboBox {{
  background: {t.surface}; color: {t.text}; border: {t.outline}px solid {t.line};
  border-radius: {Size.RADIUS}px; padding: 0 {Space.M}px;
}}
QComboBox::drop-down {{ border: none; width: 32px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox:hover {{ border-color: {t.accent}; }}
QComboBox QAbstractItemView {{
  background: {t.surface}; color: {t.text}; border: 1px solid {t.line}; outline: none;
  selection-background-color: {t.accent}; selection-color: {t.on_accent};
}}
"""
