"""The commands with their options, for docs/commands.md: what ``--help`` says, on one page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from framing.cli import app

_HEAD = """\
# Commands

Rendered from the command line by `make docs`; `framing COMMAND --help` says the same. Data go to stdout,
messages to stderr. Exit code 0: done; 1: done, with articles rejected (`framing imports` says which and why);
2: bad usage or unreadable input."""


def render() -> str:
    """The whole page as Markdown."""
    root = typer.main.get_command(app)
    return (
        "\n".join([_HEAD, *(line for name, command in verbs(root) for line in _verb(name, command))]) + "\n"
    )


def verbs(command: Any, name: str = "framing") -> Iterator[tuple[str, Any]]:
    """Every command with its words, in the order of ``--help``; those of a group after its study."""
    commands = getattr(command, "commands", None)
    if commands is None:
        yield name, command
        return
    taken = "".join(f" {_shown(p)}" for p in command.params if p.param_type_name == "argument")
    for word, below in commands.items():
        yield from verbs(below, f"{name}{taken} {word}")


def _verb(name: str, command: Any) -> Iterator[str]:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    yield from ("", f"## {' '.join(w for w in name.split() if w != 'DIR')}", "")
    yield from (" ".join(command.help.split()), "")
    words = [name, *map(_shown, arguments), *(["[OPTIONS]"] if options else [])]
    yield from (f"`{' '.join(words)}`", "")
    for p in arguments:
        if p.help:
            yield f"- `{_shown(p)}`: {p.help}"
    for p in options:
        yield f"- `{_option(p)}`: {p.help}{_default(p)}"
    if command.epilog:
        yield from ("", command.epilog)


def _shown(argument: Any) -> str:
    return str(argument.metavar or argument.name.upper())


def _option(option: Any) -> str:
    names = "/".join([*option.opts, *option.secondary_opts])
    value = "" if option.is_flag else f" {option.metavar or option.name.upper()}"
    return names + value


def _default(option: Any) -> str:
    if option.required:
        return " Required."
    if option.is_flag or option.default in (None, ""):
        return ""
    return f" Default: `{option.default}`."
