"""The doors for people: one file a page, and what pages share in ``_ui``."""
