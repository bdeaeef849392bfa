"""Files that are no tables: one sentence and a hint, and the playground goes on."""

import pytest
from playwright.sync_api import expect

BAD = {
    "empty": b"",
    "header_only": b"a,b\n",
    "binary": bytes(range(256)) * 40,
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(500),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_gets_a_sentence_and_the_next_file_is_read(visitor, shoppers, tmp_path, kind):
    path = tmp_path / f"{kind}.csv"
    path.write_bytes(BAD[kind])
    page = visitor.open()
    page.locator('input[type="file"]').first.set_input_files(path)
    alert = page.locator('[data-testid="stAlert"]').first
    expect(alert).to_be_visible()
    assert len(alert.inner_text()) > 20
    page.locator('input[type="file"]').first.set_input_files(shoppers)
    expect(page.get_by_role("button", name="Compare models")).to_be_visible()
