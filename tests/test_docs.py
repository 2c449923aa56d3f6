"""What people may type, set or be allowed to do is written down, or the build fails."""

import re
from pathlib import Path

import pytest

from nennep.accounts import rules as roles
from nennep.config.command import own_commands
from nennep.core import verbs

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("nennep/*/README.md")]
)
OPERATING = ROOT / "docs" / "operating.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
PERMISSIONS = ROOT / "docs" / "permissions.md"
SOURCES = [
    path
    for path in [
        *(ROOT / "nennep").rglob("*.py"),
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "benchmarks").rglob("*.py"),
        ROOT / "Makefile",
    ]
    if "migrations" not in path.parts
]


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {slug(heading) for heading in headings}


def test_every_command_is_explained():
    text = OPERATING.read_text()

    assert [name for name in own_commands() if f"nennep {name}" not in text] == []


def test_every_command_says_in_one_line_what_it_is_for():
    assert {name: line for name, line in own_commands().items() if not 10 <= len(line) <= 110} == {}


def test_every_setting_is_explained():
    settings = {
        name for path in SOURCES for name in re.findall(r"NENNEP_[A-Z_]+[A-Z]", path.read_text())
    }
    text = OPERATING.read_text()

    assert sorted(name for name in settings | {"DATABASE_URL"} if f"`{name}`" not in text) == []


def test_every_make_target_is_explained():
    makefile = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)
    text = OPERATING.read_text()

    assert [name for name in targets if f"make {name}" not in text] == []


def test_every_signal_is_listed_with_who_sends_and_who_hears_it():
    signals = {
        name
        for path in (ROOT / "nennep").rglob("*.py")
        for name in re.findall(r"^(\w+) = Signal\(", path.read_text(), re.MULTILINE)
    }
    text = ARCHITECTURE.read_text()

    assert signals
    assert [name for name in signals if f"`{name}`" not in text] == []


def test_every_verb_and_every_role_is_in_the_table_of_permissions():
    text = PERMISSIONS.read_text()
    named = verbs.registered() | set(roles.rights())

    assert sorted(name for name in named if f"`{name}`" not in text) == []


def test_the_table_of_permissions_says_what_the_preset_says():
    """● in the whole subtree, ○ content: in one's own cell, or above it where the grant says so."""
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in PERMISSIONS.read_text().splitlines()
        if line.startswith("| ")
    ]
    columns = [name.strip("`") for name in rows[0][1:]]
    written = {row[0].strip("`"): dict(zip(columns, row[1:], strict=True)) for row in rows[2:]}

    for verb, cells in written.items():
        for role, mark in cells.items():
            rights = roles.rights()[role]
            expected = "●" if verb in rights.figures else "○" if verb in rights.content else ""
            assert mark == expected, (verb, role)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        goal = (page.parent / name).resolve() if name else page
        if not goal.exists() or (anchor and anchor not in anchors(goal)):
            broken.append(target)

    assert broken == []


def test_a_decision_names_what_was_rejected():
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    assert [page.name[:4] for page in pages] == [f"{n + 1:04}" for n in range(len(pages))]
    assert [page.name for page in pages if "## Rejected" not in page.read_text()] == []


def test_the_index_of_documents_lists_every_page():
    text = ARCHITECTURE.read_text()
    pages = [
        *(ROOT / "docs" / "decisions").glob("*.md"),
        *(ROOT / "docs" / "algorithms").glob("*.md"),
    ]

    assert [page.name for page in pages if page.name not in text] == []


def test_the_guarantees_name_the_tests_that_hold_them():
    """`tests/…` in guarantees.md are files that exist."""
    named = re.findall(
        r"`((?:tests|nennep|benchmarks)/[\w/.]+\.py)`", (ROOT / "docs/guarantees.md").read_text()
    )

    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_no_document_names_a_place_of_one_machine():
    marks = re.compile(r"/(?:work|tmp|root)/|file://")

    assert [str(page) for page in PAGES if marks.search(page.read_text())] == []
