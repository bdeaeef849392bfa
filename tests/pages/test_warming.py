"""What is done in the background once the first page is served."""

import gc

import pytest

from pages._ui import warming


@pytest.mark.usefixtures("home")
def test_everything_that_is_warmed_can_be_used():
    before = gc.get_freeze_count()
    warming.warm_now()
    assert gc.get_freeze_count() > before
    gc.unfreeze()
