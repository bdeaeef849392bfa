"""What families of steps are called, and their signs."""

from lab.recipes import Family

_OTHER = ":material/tune:"
_WORDS = {
    "missing": ("Missing values", ":material/water_drop:"),
    "outliers": ("Outliers", ":material/compress:"),
    "dates": ("Dates", ":material/calendar_month:"),
    "text": ("Text", ":material/notes:"),
    "shape": ("Shape", ":material/show_chart:"),
    "binning": ("Binning", ":material/bar_chart:"),
    "scaling": ("Scaling", ":material/straighten:"),
    "encoding": ("Encoding", ":material/grid_view:"),
    "interactions": ("Interactions", ":material/join:"),
    "selection": ("Selection of columns", ":material/filter_alt:"),
    "reduction": ("Fewer dimensions", ":material/call_merge:"),
    "resampling": ("Class balance", ":material/balance:"),
    "target": ("Target", ":material/adjust:"),
}


def family_title(family: Family) -> str:
    """Return what people call a family."""
    return _WORDS.get(family.value, (family.value.replace("_", " ").capitalize(), _OTHER))[0]


def family_icon(family: Family) -> str:
    """Return the sign of a family."""
    return _WORDS.get(family.value, ("", _OTHER))[1]
