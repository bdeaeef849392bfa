"""Profile: what one should know before modelling."""

from pages._ui import current
from pages._ui.shell import open_page

open_page("profile", "Profile", "What should I know before modelling?")
current.need_dataset()
