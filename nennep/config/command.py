"""`nennep`: the one command of the product.

Lists our own commands with a line each, hands everything to Django's management, and turns a
rule's "no" into a Vietnamese sentence on stderr with exit code 2. Standard output is left to what
the command itself says, so that `--json` is JSON alone.
"""

import ast
import gettext
import os
import sys
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn, TypeVar

Parser = TypeVar("Parser", bound=ArgumentParser)

PACKAGE = Path(__file__).resolve().parents[1]
REFUSED = 2
INTERRUPTED = 130
OPTIONS_OF_DJANGO = {
    "--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color",
    "--force-color", "--skip-checks",
}  # fmt: skip
WORDS = {
    "title": "Nền Nếp: phần mềm nâng cao chất lượng sinh hoạt chi bộ.",
    "usage": "Cách dùng: nennep LỆNH [TÙY CHỌN]; nennep LỆNH --help để xem từng lệnh.",
    "commands": "Các lệnh:",
    "django": "Các lệnh của Django (migrate, shell, dbshell …) cũng dùng được.",
    "unknown": "Không có lệnh “{name}”. Gõ “nennep --help” để xem các lệnh.",
    "unprepared": "Cơ sở dữ liệu chưa được dựng hoặc chưa cập nhật. Hãy chạy “make run” "
    "(tổ chức mẫu) hoặc “nennep init” (tổ chức mới).",
}


def main() -> NoReturn:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nennep.config.settings")
    sys.exit(_run(["nennep", *sys.argv[1:]]))


def _run(argv: list[str]) -> int:
    if len(argv) == 1 or argv[1:] in (["-h"], ["--help"], ["help"]):
        _write_help()
        return 0
    argv[1] = _module_name(argv[1])
    try:
        return _delegate(argv)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`nennep units --json | head`): nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _delegate(argv: list[str]) -> int:
    import django  # noqa: PLC0415 -- help needs no Django
    from django.core.management import get_commands  # noqa: PLC0415 -- likewise
    from django.db import DatabaseError  # noqa: PLC0415 -- likewise

    from nennep.config.compiling import LOCALE, compile_messages  # noqa: PLC0415 -- likewise
    from nennep.core.refusal import Refusal  # noqa: PLC0415 -- likewise
    from nennep.core.trouble import FilesAway, in_words  # noqa: PLC0415 -- likewise

    compile_messages()
    _speak_vietnamese(LOCALE)
    django.setup()
    if not argv[1].startswith("-") and argv[1] not in get_commands():
        return _refuse(WORDS["unknown"].format(name=argv[1].replace("_", "-")))
    try:
        _execute(argv)
    except Refusal as refusal:
        return _refuse(refusal.message)
    except (DatabaseError, OSError, FilesAway) as error:
        words = WORDS["unprepared"] if _is_unprepared(error) else in_words(error)
        if not words:
            raise
        return _refuse(words)
    return 0


def _speak_vietnamese(locale: Path) -> None:
    """Argparse asks the plain gettext of Python, which reads the language from the environment."""
    os.environ["LANGUAGE"] = "vi"
    gettext.bindtextdomain("argparse", str(locale))
    gettext.textdomain("argparse")


def _execute(argv: list[str]) -> None:
    """Our own commands show only their own options; those Django gives to all work unseen."""
    from django.core.management import ManagementUtility  # noqa: PLC0415 -- help needs no Django

    utility, typed = ManagementUtility(argv), argv[1].replace("_", "-")
    if typed not in own_commands():
        utility.execute()
        return
    command = utility.fetch_command(argv[1])
    command.create_parser = _quiet(command.create_parser)  # type: ignore[method-assign]  # no hook
    command.run_from_argv([argv[0], typed, *argv[2:]])


def _quiet(make: Callable[..., Parser]) -> Callable[..., Parser]:
    def made(*words: Any, **more: Any) -> Parser:
        parser = make(*words, **more)
        for action in parser._actions:  # noqa: SLF001 -- argparse has no other way to hide one
            if OPTIONS_OF_DJANGO.intersection(action.option_strings):
                action.help = SUPPRESS
        return parser

    return made


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return REFUSED


def _is_unprepared(error: Exception) -> bool:
    """A table or column is missing: the migrations have not been run on this database."""
    text = str(error)
    return any(mark in text for mark in ("no such table", "no such column", "does not exist"))


def _module_name(name: str) -> str:
    """`check-data` is what people type; Python calls the module `check_data`."""
    return name if name.startswith("-") else name.replace("-", "_")


def _write_help() -> None:
    listed = sorted(own_commands().items())
    width = max(len(name) for name, _ in listed)
    lines = [
        WORDS["title"],
        "",
        WORDS["usage"],
        "",
        WORDS["commands"],
        *(f"  {name:<{width}}  {line}" for name, line in listed),
        "",
        WORDS["django"],
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def own_commands() -> dict[str, str]:
    """Each command of ours, as people type it, with its one line of help."""
    return {path.stem.replace("_", "-"): _help_of(path) for path in _command_files()}


def _command_files() -> Iterator[Path]:
    for path in sorted(PACKAGE.glob("*/management/commands/*.py")):
        if not path.stem.startswith("_"):
            yield path


def _help_of(path: Path) -> str:
    """The `help` of a command, read from its source: listing them imports none of them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and _assigns_help(node):
            return " ".join(_first_text(node.value).split())
    return ""


def _assigns_help(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "help" for target in node.targets)


def _first_text(node: ast.expr) -> str:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            return part.value
    return ""


if __name__ == "__main__":
    main()
