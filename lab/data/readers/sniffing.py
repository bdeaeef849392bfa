"""The dialect of a text file, found by how evenly it divides the lines and what cells result."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lab.data.readers.cell_classes import NUMBER, TEXT, class_of
from lab.data.readers.dialect import BLANKS, DELIMITERS, GAPS, REMARKS, RUNS, Dialect
from lab.data.readers.dividing import STRAY, Divider, Record
from lab.data.readers.entry import ReadOptions

_LOOKED_AT = 300
_CLASSED = 120
_WEIGHTS = {":": 0.85, " ": 0.8, BLANKS: 0.8, GAPS: 0.79, "^": 0.95, "~": 0.95, "#": 0.95}
_STRANGE = re.compile(r"""[;\t|]|^['"]|['"]$|\\["']""")
_MULTIPLE = ("||", "::", ";;", "\t\t", " | ", " ; ", ", ", "; ", "#|#", "|@|", "~|~", "<>", "$$",
             "#", " # ")  # fmt: skip
_RARE = re.compile(r"[\x01-\x08\x1c-\x1f¦§¬·•]")
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?\b|\b[a-z]+://")
_CLOSE = 0.97
_LARGE_PART = 0.3


@dataclass(frozen=True, kw_only=True)
class Sniffed:
    """A dialect and how sure it is.

    Parameters
    ----------
    dialect : Dialect
        The one that suits best.
    width : int
        Cells of most lines.
    score : float
        From 0 to 1.
    is_ragged : bool
        Whether the header is the widest line and most others lack cells at their ends.
    rivals : tuple of Dialect
        Others with another delimiter that suit as well.
    """

    dialect: Dialect
    width: int
    score: float = 0.0
    is_ragged: bool = False
    rivals: tuple[Dialect, ...] = ()


def sniff(lines: Sequence[str], options: ReadOptions) -> Sniffed:
    """Return the dialect of a file from its first lines; what a person said is not guessed.

    Every candidate divides the lines. It counts how many of them have the most common number of
    cells, how many cells that is, and how many cells are numbers, dates or words without marks
    in them: consistency of pattern and of types together (van den Burg, Nazábal and Sutton, 2019).
    """
    looked = [line for line in lines if line.strip()][:_LOOKED_AT]
    looked = "\n".join(_without_remarks(_joined(looked))).split("\n") if looked else []
    found = [_scored(dialect, looked) for dialect in _candidates(looked, options)]
    best = max(found, key=lambda one: one.score, default=None)
    if options.delimiter is not None and best is not None:
        return replace(best, rivals=())
    one_column = best is not None and _is_one_column(looked, best)
    if best is None or best.score <= 0.0 or one_column:
        quote = '"' if options.quote is None else options.quote
        mark = "" if one_column else _majority(looked)
        plain = Dialect(
            delimiter=mark, quote=quote, escape=options.escape or "", comment=options.comment or ""
        )
        return Sniffed(dialect=plain, width=len(looked[0].split(mark)) if mark else 1)
    rivals = [one for one in found if one.dialect.delimiter.strip() != (
        best.dialect.delimiter.strip()) and one.score >= _CLOSE * best.score]  # fmt: skip
    return replace(best, rivals=tuple(one.dialect for one in rivals))


def _without_remarks(lines: Sequence[str]) -> Sequence[str]:
    """Return lines without those that begin like comments, when at least two others are left."""
    others = [line for line in lines if not line.startswith(REMARKS)]
    return others if len(others) > 1 else lines


def _candidates(lines: Sequence[str], options: ReadOptions) -> Iterator[Dialect]:
    text = "\n".join(lines)
    for mark in _delimiters(lines, text, options):
        for quote in _quotes(text, mark, options):
            for escape in _escapes(text, mark, quote, options):
                yield Dialect(
                    delimiter=mark, quote=quote, escape=escape, comment=options.comment or ""
                )


def _delimiters(lines: Sequence[str], text: str, options: ReadOptions) -> list[str]:
    if options.delimiter is not None:
        return [options.delimiter]
    rare = [mark for mark, _ in Counter(_RARE.findall(text)).most_common(2)]
    whole = _joined(lines)
    marks = [mark for mark in (*DELIMITERS, *_MULTIPLE, *rare)
             if 3 * sum(mark in line for line in lines) >= len(lines)
             or 3 * sum(mark in line for line in whole) >= len(whole)]  # fmt: skip
    counts = {line.count("#") for line in whole}
    if min(counts, default=0) < 2 or len(counts) > 1:
        marks = [mark for mark in marks if mark.strip() != "#"]
    if ":" in marks and 3 * sum(":" in _CLOCK.sub("", line) for line in lines) < len(lines):
        marks.remove(":")
    if ("  " in text or "\t" in text) and re.search(r"\S[ \t]{2,}\S", text):
        marks += RUNS
    return marks


def _joined(lines: Sequence[str]) -> list[str]:
    """Return lines, those together that one pair of quotation marks spans, as texts of many lines.

    What follows a mark that is open at the end is left out; so is all when that is most of it.
    """
    whole: list[str] = []
    first, is_open = 0, False
    for place, line in enumerate(lines):
        is_open ^= line.count('"') % 2 == 1
        if not is_open:
            whole.append("\n".join(lines[first : place + 1]))
            first = place + 1
    return whole if 2 * first > len(lines) else list(lines)


def _quotes(text: str, mark: str, options: ReadOptions) -> list[str]:
    if options.quote is not None:
        return [options.quote]
    between = r"[ \t]" if mark == BLANKS else re.escape(mark)
    found = ['"']
    if "'" in text and re.search(rf"(?:^|{between})'[^'\n]*'(?:{between}|$)", text, re.MULTILINE):
        found.append("'")
    marked = re.findall(rf'^(?:.*{between})?".*$', text, re.MULTILINE) if '"' in text else []
    if len(marked) > 2 and 2 * sum(line.count('"') % 2 for line in marked) > len(marked):
        found.append("")
    return found


def _escapes(text: str, mark: str, quote: str, options: ReadOptions) -> list[str]:
    if options.escape is not None:
        return [options.escape]
    marked = (bool(quote) and re.search(rf"\\{quote}", text)) or (mark == "\t" and "\\\t" in text)
    return ["", "\\"] if marked else [""]


def _scored(dialect: Dialect, lines: Sequence[str]) -> Sniffed:
    records = list(Divider(dialect).records(lines))
    records = [record for record in records if record.cells]
    if not records:
        return Sniffed(dialect=dialect, width=1)
    counts: Counter[int] = Counter()
    for record in records:
        counts[len(record.cells)] += record.n_lines
    ragged = _is_ragged(counts, records[0].cells)
    width = len(records[0].cells) if ragged else _width(counts, len(records[0].cells))
    rows = [record for record in records if len(record.cells) == width]
    share = sum(record.n_lines for record in rows) / sum(counts.values())
    share = max(share, 0.7) if ragged else share
    faults = sum(record.fault not in {"", STRAY} for record in rows) / len(rows)
    broken = sum(record.n_lines > 1 for record in rows) / len(rows)
    pattern = share * (width - 1) / width * (1 - 0.5 * faults) * (1 - 0.05 * broken)
    blanks = dialect.delimiter == " "
    types = _type_score([record.cells for record in rows[:_CLASSED]], gaps=blanks)
    if dialect.delimiter in {" ", *RUNS} and share < 1 and _is_prose(rows):
        return Sniffed(dialect=dialect, width=width)
    score = pattern * types * _WEIGHTS.get(dialect.delimiter, 1.0) * _habit(dialect, lines)
    score = score if share >= _least(width) else 0.0
    return Sniffed(dialect=dialect, width=width, score=score, is_ragged=ragged)


def _is_ragged(counts: Counter[int], first: Sequence[str]) -> bool:
    """Return whether names in the first line are as many as the widest lines have cells.

    Most of the others are then shorter, with cells left out at their ends.
    """
    width, n_rows = len(first), sum(counts.values()) - 1
    full = counts[width] - 1
    names = len(set(first)) == width and all(class_of(cell) == TEXT for cell in first)
    widest = width > 2 and width == max(counts) and sum(counts[w] for w in counts if w < 3) <= 1
    return names and widest and 2 * full < n_rows and full >= max(2, 0.05 * n_rows)


def _width(counts: Counter[int], first: int) -> int:
    """Return the number of cells that most cells stand in; the header's when as many rows have.

    Lines less than half as wide are settings above a table, not its header.
    """
    best = max(counts, key=lambda width: (counts[width] * (width - 1), width))
    above = best >= 2 * first and counts[best] >= _LARGE_PART * sum(counts.values())
    return first if first > 1 and counts[first] >= counts[best] and not above else best


def _least(width: int) -> float:
    """Return the share of lines that have to be divided evenly: less when there are many cells."""
    return 0.6 if width == 2 else 0.4 if width == 3 else 0.3


def _type_score(rows: Sequence[Sequence[str]], *, gaps: bool) -> float:
    """Return how much cells look like values; empty ones do not where blanks may be gaps."""
    cells = [cell for row in rows for cell in row if cell or not gaps]
    n_cells = sum(map(len, rows))
    return sum(map(_cell_score, cells)) / max(1, n_cells)


def _is_prose(rows: Sequence[Record]) -> bool:
    """Return whether hardly any cell is a number or a date: blanks then divide words."""
    kinds = [class_of(cell) for record in rows[:_CLASSED] for cell in record.cells]
    return kinds.count(TEXT) > 0.9 * len(kinds)


def _cell_score(cell: str) -> float:
    kind = class_of(cell)
    if kind == NUMBER and "," in cell and "." not in cell:
        return 0.95
    if kind != TEXT:
        return 1.0
    if "\n" in cell:  # between marks, where anything may stand
        return 0.75
    if _STRANGE.search(cell.strip()):
        return 0.1
    return 0.75 if "," not in cell else 0.6


def _habit(dialect: Dialect, lines: Sequence[str]) -> float:
    """Return a little less than 1 for a dialect that a plainer one does as well as."""
    mark, habit = dialect.delimiter, 1.0
    if mark in {", ", "; "}:
        habit *= 1.01 if any(f"{mark}{one}" in line for line in lines for one in "\"'") else 0.99
    if dialect.quote == "":
        habit *= 0.98
    return habit * (0.999 if dialect.escape else 1.0)


def _majority(lines: Sequence[str]) -> str:
    """Return a delimiter that divides the header and most lines unevenly, empty for one column."""
    for mark in DELIMITERS[:4] if lines else ():
        divided = sum(mark in line for line in lines[1:])
        if mark in lines[0] and 2 * divided > len(lines) - 1:
            return mark
    return ""


def _is_one_column(lines: Sequence[str], best: Sniffed) -> bool:
    """Return whether lines are numbers, dates or prose, so that a delimiter in them is none."""
    mark, rows = best.dialect.delimiter, lines[1:]
    if mark not in {",", " ", ":", *RUNS} or not rows or best.width > 3:
        return False
    whole = sum(class_of(line) != TEXT for line in rows)
    return whole >= 0.9 * len(rows) and mark not in lines[0].strip()
