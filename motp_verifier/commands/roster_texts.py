"""The words of a roster report, in both languages."""

from motp_protocol.fields import Language
from motp_verifier.services.roster.columns import Column
from motp_verifier.services.roster.lines import LineFault
from motp_verifier.services.roster.text import MAX_BYTES, FileFault

COLUMNS: dict[Language, dict[Column, str]] = {
    "ko": {Column.NAME: "이름", Column.PHONE: "전화번호", Column.ID: "훈련생ID"},
    "en": {Column.NAME: "name", Column.PHONE: "phone", Column.ID: "id"},
}

_MEBIBYTES = MAX_BYTES // (1024 * 1024)

# Why, and what to do.
LINE_FAULTS: dict[Language, dict[LineFault, str]] = {
    "ko": {
        LineFault.NAME_MISSING: "이름이 비어 있습니다. 이름을 적어 주세요.",
        LineFault.NAME_INVALID: "이름으로 쓸 수 없습니다. 60자 이내의 글자로 적어 주세요.",
        LineFault.PHONE_MISSING: "전화번호가 비어 있습니다. 휴대전화 번호를 적어 주세요.",
        LineFault.PHONE_INVALID: ("휴대전화 번호가 아닙니다. 010-1234-5678 형식으로 적어 주세요."),
        LineFault.PHONE_LOST_ZERO: (
            "맨 앞의 0이 빠졌습니다. 엑셀에서 전화번호 열을 '텍스트' 형식으로 바꾸고 0을 붙인 뒤 "
            "다시 저장해 주세요."
        ),
        LineFault.ID_INVALID: (
            "훈련생ID로 쓸 수 없습니다. 영문자, 숫자, _ 와 - 로 64자 이내로 적어 주세요."
        ),
        LineFault.LINE_BREAK: "칸 안에 줄바꿈이 있습니다. 한 줄로 고치고 따옴표를 확인해 주세요.",
        LineFault.TOO_MANY_CELLS: (
            "칸이 제목 줄보다 많습니다. 구분 기호가 든 칸은 큰따옴표로 묶어 주세요."
        ),
        LineFault.PERSON_TWICE: (
            "같은 사람이 {other}행에 다른 훈련생ID로 있습니다. 한 줄만 남겨 주세요."
        ),
        LineFault.ID_TWICE: (
            "같은 훈련생ID를 {other}행의 다른 사람이 씁니다. 서로 다른 ID를 주세요."
        ),
        LineFault.ID_TAKEN: (
            "명단에 있는 다른 사람의 훈련생ID입니다. 그 사람과 겹치지 않는 ID를 주세요."
        ),
    },
    "en": {
        LineFault.NAME_MISSING: "the name is empty: write the trainee's name.",
        LineFault.NAME_INVALID: "not usable as a name: write letters, at most 60 characters.",
        LineFault.PHONE_MISSING: "the number is empty: write the mobile number.",
        LineFault.PHONE_INVALID: "not a Korean mobile number: write it like 010-1234-5678.",
        LineFault.PHONE_LOST_ZERO: (
            "the leading 0 is missing: format the column as text in the spreadsheet, put the 0 "
            "back and save again."
        ),
        LineFault.ID_INVALID: ("not usable as an id: use at most 64 of A-Z, a-z, 0-9, _ and -."),
        LineFault.LINE_BREAK: "a line break inside the cell: remove it and check the quotes.",
        LineFault.TOO_MANY_CELLS: (
            "more cells than the header has: put quotes around a cell that holds the separator."
        ),
        LineFault.PERSON_TWICE: (
            "the same person stands in line {other} with another id: keep one of the two."
        ),
        LineFault.ID_TWICE: (
            "another person in line {other} has the same id: give each an id of their own."
        ),
        LineFault.ID_TAKEN: (
            "another person in the roster has this id: give an id that nobody else has."
        ),
    },
}

FILE_FAULTS: dict[Language, dict[FileFault, str]] = {
    "ko": {
        FileFault.EMPTY: "파일이 비어 있습니다.",
        FileFault.NO_LINES: "제목 줄만 있고 훈련생이 한 명도 없습니다.",
        FileFault.TOO_LARGE: f"파일이 너무 큽니다({_MEBIBYTES} MiB까지). 나누어 등록해 주세요.",
        FileFault.WORKBOOK: "엑셀 통합 문서입니다. 'CSV UTF-8' 형식으로 다시 저장해 주세요.",
        FileFault.UTF16: "UTF-16 파일입니다. 'CSV UTF-8' 형식으로 다시 저장해 주세요.",
        FileFault.ENCODING: (
            "{line}행에 UTF-8도 CP949도 아닌 글자가 있습니다. 'CSV UTF-8' 형식으로 다시 저장해 "
            "주세요."
        ),
        FileFault.NUL: (
            "{line}행에 NUL 문자가 있어 텍스트 파일이 아닙니다. 'CSV UTF-8' 형식으로 다시 저장해 "
            "주세요."
        ),
        FileFault.QUOTING: (
            "{line}행부터 큰따옴표가 맞지 않습니다. 칸을 여는 따옴표와 닫는 따옴표를 확인해 주세요."
        ),
        FileFault.MISSING_COLUMNS: (
            "첫 줄에 필요한 열이 없습니다: {columns}. '이름,전화번호,훈련생ID'처럼 적어 주세요."
        ),
        FileFault.REPEATED_COLUMN: "첫 줄에 같은 열이 또 있습니다: {columns}. 하나만 남겨 주세요.",
    },
    "en": {
        FileFault.EMPTY: "the file is empty.",
        FileFault.NO_LINES: "the file has a header but no trainees.",
        FileFault.TOO_LARGE: (
            f"the file is too large (up to {_MEBIBYTES} MiB): import it in parts."
        ),
        FileFault.WORKBOOK: "this is a spreadsheet workbook: save it as 'CSV UTF-8'.",
        FileFault.UTF16: "this is a UTF-16 file: save it as 'CSV UTF-8'.",
        FileFault.ENCODING: (
            "line {line} is neither UTF-8 nor CP949 text: save the file as 'CSV UTF-8'."
        ),
        FileFault.NUL: (
            "line {line} has a NUL character, so this is no text file: save it as 'CSV UTF-8'."
        ),
        FileFault.QUOTING: (
            "the quotes do not match from line {line} on: check where a cell opens and closes."
        ),
        FileFault.MISSING_COLUMNS: (
            "the header lacks {columns}: name the columns like 'name,phone,id'."
        ),
        FileFault.REPEATED_COLUMN: "the header names {columns} twice: keep one of them.",
    },
}

PHRASES: dict[Language, dict[str, str]] = {
    "ko": {
        "line": "{line}행",
        "more": "… 그 밖에 {count}행",
        "repeated": "{line}행: {first}행과 같은 사람이어서 한 번만 등록했습니다.",
        "imported": "등록: 추가 {added}명, 변경 {changed}명, 그대로 {unchanged}명.",
        "skipped": "거절한 줄 {count}개는 건너뛰었습니다.",
        "nothing": (
            "거절한 줄이 {count}개 있어 아무도 등록하지 않았습니다. 고쳐서 다시 등록하거나, "
            "--skip-bad-lines 로 나머지만 등록하세요."
        ),
        "unknown": "훈련기관 '{institution}'이(가) 없습니다. 먼저 institution add 로 등록하세요.",
    },
    "en": {
        "line": "line {line}",
        "more": "… and more such lines: {count}",
        "repeated": "line {line}: the same person as in line {first}, imported once.",
        "imported": "imported: {added} added, {changed} changed, {unchanged} unchanged.",
        "skipped": "refused lines that were skipped: {count}.",
        "nothing": (
            "nothing was imported; refused lines: {count}. Correct them, or import the others "
            "with --skip-bad-lines."
        ),
        "unknown": "there is no institution '{institution}': add it first with institution add.",
    },
}
