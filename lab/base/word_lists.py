"""Words between commas, as a person types them; a word with a comma stands in quotation marks."""

import csv
import io
import re
from collections.abc import Iterable

from lab.base.errors import LabError

_LINE_ENDS = re.compile(r"[\r\n]+")


def split_words(text: str) -> tuple[str, ...]:
    """Return the words between commas, without blanks around them and without empty ones.

    A word that holds a comma stands in quotation marks, as in a CSV. Line ends are blanks.

    Parameters
    ----------
    text : str
        The words.

    Raises
    ------
    LabError
        When it is longer than any list of words.

    Examples
    --------
    >>> split_words('age, "size, in m"')
    ('age', 'size, in m')
    """
    try:
        words = next(csv.reader([_LINE_ENDS.sub(" ", text)], skipinitialspace=True), [])
    except csv.Error as error:
        raise LabError(f"a list of words cannot be read ({error})") from error
    return tuple(word.strip() for word in words if word.strip())


def join_words(words: Iterable[str]) -> str:
    """Return words with commas between them, as `split_words` takes them apart.

    Examples
    --------
    >>> join_words(["age", "size, in m"])
    'age,"size, in m"'
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(words)
    return text.getvalue()
