"""Correcting how a file was read, as a person does it."""

from playwright.sync_api import expect


def test_a_wrong_guess_is_put_right_and_seen_before_it_is_used(visitor, tmp_path):
    table = tmp_path / "towns.csv"
    rows = [f"{n},{n % 10};{'Ulm' if n % 3 else 'Bonn'};{'yes' if n % 2 else 'no'}\n"
            for n in range(80)]  # fmt: skip
    table.write_text("price;town;bought\n" + "".join(rows))
    page = visitor.open()
    page.locator('input[type="file"]').first.set_input_files(table)
    expect(page.get_by_text("80 rows, 3 columns")).to_be_visible()
    page.locator('[data-testid="stSidebar"]').get_by_role("link", name="Data", exact=True).click()
    visitor.settle()
    page.get_by_text("Read this file differently").click()
    delimiter = page.get_by_role("combobox", name="Delimiter").first
    delimiter.fill("Comma")
    delimiter.press("Enter")
    expect(page.get_by_text("80 rows, 2 columns instead of 80 rows, 3 columns")).to_be_visible()
    expect(page.get_by_role("button", name="Use this reading")).to_be_enabled()
    visitor.settle()
    assert visitor.serious_faults() == []
    page.get_by_role("button", name="Use this reading").click()
    expect(page.get_by_text("The file is read as you said.")).to_be_visible()
    expect(page.locator('[data-testid="stMetric"]').filter(has_text="Columns")).to_contain_text("2")
