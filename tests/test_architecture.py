"""The promises docs/architecture.md makes about the tree, kept by machine."""

import re
import tomllib
from pathlib import Path

import pytest

from nennep.ui import nav

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "nennep"
APPS = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
# Apps that carry no records of the domain: their files are named after what they do.
FOUNDATION = {"config", "core", "demo", "papers", "ui"}
DOMAIN_APPS = sorted(set(APPS) - FOUNDATION)

MODULE_NAMES = {
    "choices", "rules", "models", "queries", "actions", "jobs", "forms", "views", "api", "urls",
    "admin", "apps", "checks", "http", "middleware", "scoping", "hashers", "sessions", "__init__",
}  # fmt: skip
FOLDER_NAMES = {
    "templates",
    "static",
    "presets",
    "tests",
    "templatetags",
    "management",
    "migrations",
}
MAY_BE_PACKAGES = {"choices", "rules", "models", "queries", "actions", "jobs", "forms", "views"}
TEST_MODULES = {"factories", "test_rules", "test_actions", "test_queries", "test_views", "test_api"}
MODULES = [
    path
    for path in PACKAGE.rglob("*.py")
    if not {"migrations", "tests"} & set(path.relative_to(PACKAGE).parts)
]
SIGNALS_AT_MOST = 5


def contracts() -> list[dict]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return settings["contracts"]


def test_the_layers_name_every_app_that_exists_and_hold_a_place_for_the_others():
    layers = next(c for c in contracts() if c["name"].startswith("Apps depend"))["layers"]
    named = {name for layer in layers for name in re.findall(r"\w+", layer)}
    built = {n for layer in layers for n in re.findall(r"\w+", re.sub(r"\(\w+\)", "", layer))}

    assert built == set(APPS)
    assert named >= set(APPS)


def test_every_domain_app_keeps_the_inner_layers():
    inner = next(c for c in contracts() if c["name"].startswith("Inside an app"))

    assert {name.removeprefix("nennep.") for name in inner["containers"]} == set(DOMAIN_APPS)


@pytest.mark.parametrize("app", DOMAIN_APPS)
def test_an_app_has_no_other_files_than_the_vocabulary(app):
    files = {p.stem for p in (PACKAGE / app).glob("*.py")}
    folders = {p.name for p in (PACKAGE / app).iterdir() if p.is_dir() and p.name != "__pycache__"}

    assert files <= MODULE_NAMES
    assert folders <= FOLDER_NAMES | MAY_BE_PACKAGES


@pytest.mark.parametrize("app", DOMAIN_APPS)
def test_tests_are_named_after_the_files_they_test(app):
    names = {
        path.stem
        for path in (PACKAGE / app / "tests").glob("*.py")
        if path.stem not in {"__init__", "conftest"}
    }

    strangers = {
        name
        for name in names
        if not any(name == known or name.startswith(f"{known}_") for known in TEST_MODULES | KINDS)
    }
    assert strangers == set()


# A part of the vocabulary that has its own tests: `test_models_unit`, `test_commands` …
KINDS = {"test_models", "test_commands", "test_presets", "test_forms", "test_jobs", "test_scoping",
         "test_browser", "test_middleware", "test_hashers", "test_checks", "test_roll_up"}  # fmt: skip


@pytest.mark.parametrize("app", APPS)
def test_every_app_introduces_itself_in_fifteen_lines_at_most(app):
    lines = (PACKAGE / app / "README.md").read_text().splitlines()

    assert 3 <= len([line for line in lines if line.strip()]) <= 15


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_can_be_read_in_one_sitting(module):
    assert len(module.read_text().splitlines()) <= 400


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_subtree_is_asked_for_as_a_range_and_never_by_like(module):
    """`LIKE` uses no index on SQLite: a subtree is `>= p` and `< p + "~"` (core.fields.below)."""
    text = module.read_text()

    assert not re.findall(r"path__(?:i?startswith|i?contains|like)\b", text)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_clock_is_read_in_one_place(module):
    if module == PACKAGE / "core" / "clock.py":
        return
    text = module.read_text()

    assert not re.findall(r"\b(?:date\.today|datetime\.now|timezone\.now|utcnow)\(", text)


def test_only_the_clearing_of_a_demonstration_takes_the_guards_off_the_trail():
    lifting = {
        str(module.relative_to(PACKAGE))
        for module in MODULES
        if re.search(r"append_only\.(lifted|remove)\(|import .*\blifted\b", module.read_text())
    }

    assert lifting == {"demo/clearing.py"}


def test_the_product_has_few_signals():
    declared = [m for m in MODULES if re.search(r"^\w+ = Signal\(", m.read_text(), re.MULTILINE)]
    count = sum(len(re.findall(r"^\w+ = Signal\(", m.read_text(), re.MULTILINE)) for m in declared)

    assert count <= SIGNALS_AT_MOST


@pytest.mark.parametrize(
    "page", sorted(PACKAGE.glob("*/templates/**/*.html")), ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_a_page_carries_no_inline_script_or_style(page):
    """The content security policy would refuse it, silently for the reader."""
    text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", page.read_text(), flags=re.DOTALL)

    assert not re.findall(r"\sstyle=|\son[a-z]+=[\"']|<style", text)
    assert not re.findall(r"<script(?![^>]*(?:\bsrc=|application/json|importmap))[^>]*>", text)


def test_every_preset_names_its_source():
    """What rests on a rule says on which; the roles and the demonstration are our own."""
    presets = [
        path
        for path in PACKAGE.glob("*/presets/*.toml")
        if path.parts[-3] not in {"accounts", "demo"}
        and not re.search(r"source|basis|symbol|nguồn|căn cứ", path.read_text(), re.IGNORECASE)
    ]
    assert presets == []


def test_no_lock_names_a_registry():
    for lock in ROOT.glob("requirements*.lock"):
        assert "://" not in lock.read_text()


def test_every_way_into_the_product_has_an_icon_of_its_own_and_a_page() -> None:
    entries = list(nav._entries.values())
    sheet = (PACKAGE / "ui" / "static" / "ui" / "icons.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sheet))
    icons = [entry.icon for entry in entries]
    assert set(icons) <= drawn
    assert [entry.url_name for entry in entries if icons.count(entry.icon) > 1] == []
    assert [entry.url_name for entry in entries if not nav.address_of(entry.url_name)] == []
