"""The tabs of the page on which a table is looked at."""
