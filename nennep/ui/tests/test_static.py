"""What a first visit loads: vendored, hashed, small, and asking nobody else for anything."""

# ruff: noqa: S314 -- what is parsed is our own

import gzip
import hashlib
import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

from django.core.management import call_command

from nennep.ui import views
from nennep.ui.templatetags.ui import SHAPE_OF_TONE

UI = Path(__file__).parents[1]
STATIC = UI / "static" / "ui"
FIRST_LOAD = 100 * 1024


def lock():
    return tomllib.loads((STATIC / "vendor" / "vendor.lock").read_text())


def test_vendored_files_are_those_that_were_locked():
    named = set()
    for package in lock()["package"]:
        assert package["licence"]
        for name, digest in package["files"].items():
            named.add(name)
            content = (STATIC / "vendor" / name).read_bytes()
            assert hashlib.sha256(content).hexdigest() == digest
    on_disk = {path.name for path in (STATIC / "vendor").iterdir()} - {"vendor.lock"}
    assert named == on_disk


def test_no_file_names_a_registry_or_asks_another_server():
    for path in STATIC.rglob("*"):
        if path.suffix in {".css", ".js", ".svg", ".lock"} and path.name != "htmx.min.js":
            text = path.read_text().replace("http://www.w3.org/", "")
            assert "http://" not in text
            assert "https://" not in text


def test_the_first_load_stays_under_100_kb():
    shell = [UI / "static" / path for path in views.SHELL]
    modules = [
        STATIC / name for name in ("words.js", "drafts.js", "draft.js", "copy.js", "table.js")
    ]
    total = sum(len(gzip.compress(path.read_bytes())) for path in {*shell, *modules})
    assert total < FIRST_LOAD / 2  # leaves the other half to the page itself


def test_every_icon_a_template_asks_for_is_drawn():
    drawn = {symbol.get("id") for symbol in ET.parse(STATIC / "icons.svg").getroot()}
    assert {f"shape-{shape}" for shape in SHAPE_OF_TONE.values()} <= drawn
    for template in UI.parents[0].rglob("templates/**/*.html"):
        asked = set(re.findall(r'{% icon "([a-z-]+)"', template.read_text()))
        asked |= set(re.findall(r' icon="([a-z-]+)"', template.read_text()))
        assert asked <= drawn, template


def test_every_class_the_parts_use_is_styled():
    styles = "".join(path.read_text() for path in (STATIC / "css").glob("*.css"))
    known = set(re.findall(r"\.([a-z][a-z0-9_-]*)", styles))
    known |= {"field--check", "field--group", "paper", "plain", "chart-heat__names"}
    for part in (UI / "templates" / "ui").rglob("*.html"):
        text = re.sub(r"{%.*?%}|{{.*?}}", " ", part.read_text())
        for names in re.findall(r'class="([^"]*)"', text):
            words = {name for name in names.split() if not name.endswith("--")}
            assert words <= known, (part, words - known)


def test_every_word_a_script_says_comes_with_the_page():
    tags = (UI / "templatetags" / "ui.py").read_text()
    offered = set(re.findall(r'^        "([a-z_]+)": _\(', tags, re.MULTILINE))
    asked = set()
    for module in STATIC.glob("*.js"):
        asked |= set(re.findall(r'say\("([a-z_]+)"', module.read_text()))
    assert asked <= offered


def test_served_files_carry_their_hash_in_modules_and_in_the_worker_too(settings, tmp_path, client):
    settings.STATIC_ROOT = tmp_path
    settings.ROOT_URLCONF = "nennep.ui.tests.test_frame"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "nennep.ui.static_files.HashedModules"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    main = next(tmp_path.glob("ui/main.????????????.js")).read_text()
    assert re.search(r'from "\./draft\.[0-9a-f]{12}\.js"', main)
    worker = client.get("/ui/worker.js").content.decode()
    assert re.search(r"/static/ui/css/tokens\.[0-9a-f]{12}\.css", worker)
    assert 'new URL("/static/"' in worker
