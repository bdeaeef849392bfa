"""One file a section: its content as blocks."""
