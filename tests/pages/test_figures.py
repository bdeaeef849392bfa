"""Charts on pages: what the browser is told beside the figure."""

import pytest

from pages._ui.figures import is_touched


@pytest.mark.parametrize(
    ("browser", "is_one"),
    [
        ("Mozilla/5.0 (Linux; Android 14; Tablet) Gecko/130.0 Firefox/130.0", True),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 Safari/604.1", True),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36", False),
        ("", False),
    ],
)
def test_telephones_and_tablets_are_known_by_the_name_of_their_browser(browser, is_one):
    assert is_touched(browser) is is_one
