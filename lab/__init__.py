"""The engine of the playground: everything that can be chosen, run, compared and carried out.

Floors, from the ground up; a room imports only from floors below its own:

0. ``base``: the words that all rooms share (tasks, columns, settings, errors, fingerprints).
1. ``data``, ``recipes``, ``models``, ``validation``, ``metrics``: what one can choose from.
   Five rooms that know nothing of each other.
2. ``standby`` (processes that do jobs, one of them waiting with its libraries imported), below
   ``experiments`` (what is to be run and what came out), below ``store`` (where it is kept) and
   ``comparison`` (what can be believed to be better), below ``benchmark`` (how it is run).
3. ``explain`` (why a model says so) and ``leaking`` (what the wrong way would have shown), below
   ``charts`` (how it looks).
4. ``reports``: what is carried out of the house.
5. ``cli`` here, and ``pages/`` outside: the doors.

The path of the data: a file becomes a `Table`, with a target and roles a `Dataset`; recipes and
models make `Candidate` values; with a validation plan they make an `Experiment`; its `Cell` values
are run in processes of their own and leave `Predictions`; everything shown is computed from those.
"""

__version__ = "0.1.0"
