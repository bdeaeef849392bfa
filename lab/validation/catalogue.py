"""The table of splitters."""

from lab.base import Catalogue
from lab.validation.entry import SplitterEntry
from lab.validation.grouped_folds import GROUP
from lab.validation.holdout import HOLDOUT
from lab.validation.random_folds import KFOLD, STRATIFIED
from lab.validation.time_folds import TIME

SPLITTERS: Catalogue[SplitterEntry] = Catalogue("splitter", STRATIFIED, KFOLD, HOLDOUT, GROUP, TIME)
