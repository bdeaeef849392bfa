"""Text that came from a file, made safe for the place where it is shown.

The only functions that turn names and cells from data into Markdown, spreadsheet cells and file
names. HTML is escaped by the report's templates.
"""

import re
import unicodedata

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&^=@/])")
_WORD_JOINER = "\u2060"
_REPLACED_LATER = re.compile(
    r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)|(?<=:)(?=streamlit:)"
    r"|(?<=-)(?=[->])|(?<=<)(?=[-=])|(?<=[>~])(?==)",
    re.IGNORECASE,
)
"""Places within addresses, arrows, dashes and comparisons."""
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""Control, direction, zero-width and line-separating characters, and lone surrogates."""
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)


def markdown_text(text: object, *, max_length: int = 120) -> str:
    r"""Return text that Markdown shows as it stands: no link, image, formula or markup.

    Where Streamlit links addresses or replaces signs after escapes were resolved, an invisible
    word joiner keeps the signs apart.

    Examples
    --------
    >>> print(markdown_text("![x](y.png)"))
    \!\[x\]\(y\.png\)
    """
    apart = _REPLACED_LATER.sub(_WORD_JOINER, plain_text(text, max_length=max_length))
    return _MARKDOWN.sub(r"\\\1", apart)


def plain_text(text: object, *, max_length: int = 120) -> str:
    """Return one line without control or direction characters, cut to a length."""
    line = _UNSEEN.sub(" ", str(text)).strip()
    return line if len(line) <= max_length else line[: max_length - 1] + "…"


def spreadsheet_cell(value: object) -> object:
    """Return the value, a string that a spreadsheet would run as a formula led by an apostrophe.

    Examples
    --------
    >>> spreadsheet_cell("=1+1"), spreadsheet_cell(-1.5)
    ("'=1+1", -1.5)
    """
    if isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value):
        return value
    if isinstance(value, str) and value.lstrip(" \u00a0\u3000").startswith(_FORMULA):
        return "'" + value
    return value


def file_name(text: object, *, suffix: str = "", default: str = "download") -> str:
    """Return a harmless file name of letters, digits, dot, dash and underscore.

    Examples
    --------
    >>> file_name("../../etc/passwd", suffix=".csv")
    'etc-passwd.csv'
    """
    ascii_text = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", ascii_text).strip("-_.")[:80]
    if not stem or stem.lower() in _RESERVED:
        stem = default
    return stem + suffix
