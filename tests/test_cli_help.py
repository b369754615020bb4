"""What `--help` says: every command with an example that would run, every option with its meaning."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import pytest
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from app import cli as commands
from tests.terminal import runner


def all_commands(group: TyperGroup, *above: str) -> Iterator[tuple[tuple[str, ...], TyperCommand]]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from all_commands(command, *above, name)
        else:
            yield (*above, name), command


def root() -> TyperGroup:
    found = get_command(commands.cli)
    assert isinstance(found, TyperGroup)
    return found


COMMANDS = dict(all_commands(root()))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_says_what_it_does_with_an_example_that_parses(
    path: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    told = runner(monkeypatch, capfd)(*path, "--help")
    assert told.code == 0
    assert told.out.startswith("Usage: golmok")
    examples = re.findall(
        r"Example: golmok (.*?)(?=\s+Example:|\n\n|$)", COMMANDS[path].help or "", re.DOTALL
    )
    assert examples
    for example in examples:
        words = shlex.split(example)
        assert tuple(words[: len(path)]) == path
        assert " ".join(example.split()) in " ".join(told.out.split())
        # Wrong options or missing arguments would be refused here.
        COMMANDS[path].make_context(path[-1], words[len(path) :])


def test_every_option_says_what_it_is() -> None:
    for path, command in COMMANDS.items():
        for option in command.params:
            if isinstance(option, TyperOption) and option.name != "help":
                assert option.help, f"{' '.join(path)} {option.opts}"
