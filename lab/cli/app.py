"""The commands, and how a fault is told: one sentence and a hint, never a traceback."""

import sys
from collections.abc import Sequence
from typing import NoReturn

import typer

from lab.base import LabError
from lab.cli import commands
from lab.cli.console import tell_error

UNUSABLE = 2
"""Exit code when what was given cannot be used."""

app = typer.Typer(
    name="python -m lab",
    help="Compare preprocessing and models on a table, leak-free and with honest intervals.",
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command()(commands.read)
app.command()(commands.run)
app.command()(commands.ablate)
app.command()(commands.runs)
app.command()(commands.stop)
app.command()(commands.clean)
app.command()(commands.models)
app.command()(commands.steps)
app.command()(commands.metrics)
app.command()(commands.splitters)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and end the process with its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after ``python -m lab``; those of the process by default.
    """
    try:
        words = list(sys.argv[1:] if arguments is None else arguments)
        code = app(args=words or ["--help"], prog_name="python -m lab", standalone_mode=False)
    except LabError as error:
        tell_error(error)
        code = UNUSABLE
    except typer.TyperException as error:
        message = error.format_message().rstrip(".")
        if message:
            command = _command_of(error)
            tell_error(LabError(message, hint=f"'{command} --help' lists what there is."))
        code = UNUSABLE
    except BrokenPipeError:
        sys.stderr.close()
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _command_of(error: typer.TyperException) -> str:
    """Return the command that was called wrongly, as it is typed."""
    context = getattr(error, "ctx", None)
    return context.command_path if context else "python -m lab"
