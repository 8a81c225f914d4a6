"""The `luytre` command: finds or starts the database, then runs one of Django's commands or of our own."""

import signal
import sys
from importlib import import_module
from types import FrameType

from luytre.running import environment

OWN_COMMANDS = {
    "serve": "luytre.running.serve",
    "backup": "luytre.running.backup",
    "restore": "luytre.running.restore",
}


def end(number: int, frame: FrameType | None) -> None:
    """Leave as by Ctrl-C, so that the database is let go of."""
    raise SystemExit(128 + number)


def main(arguments: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if arguments is None else arguments
    command = arguments[0] if arguments else "help"
    signal.signal(signal.SIGTERM, end)
    if command in OWN_COMMANDS:
        return int(import_module(OWN_COMMANDS[command]).main(arguments[1:]))
    return run_django(command, arguments)


def run_django(command: str, arguments: list[str]) -> int:
    with environment.prepared(" ".join([command, *arguments[1:3]]) if command == "tips" else command):
        from django.core.management import execute_from_command_line

        execute_from_command_line(["luytre", *arguments])
    if command in ("help", "--help") and len(arguments) <= 1:
        print("Của Lũy Tre: " + ", ".join(OWN_COMMANDS) + " (mỗi lệnh có --help)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
