"""Hostile files, at the command line, in a process of its own: a sentence, little memory, no change."""

import json
import os
import resource
import subprocess
import sys

import pytest

from nennep.core.tests.workbooks import package, sheet_xml, xlsx

MEMORY_AT_MOST = 512 * 1024  # kilobytes
SECONDS_AT_MOST = 60
CODE = """
import django, json, resource, sys, time
django.setup()
from nennep.core.refusal import Refusal
from nennep.core.sheets.book import open_book
from nennep.core.sheets.limits import COMMAND_LINE
from nennep.core.sheets.tables import mapping_of, read_table
from nennep.imports.queries.shapes import shape_of
said = ""
try:
    table = read_table(open_book(open(sys.argv[1], "rb"), COMMAND_LINE), shape_of("members"))
    mapping_of(table.headings)
    said = f"{sum(1 for _row in table.rows())} rows"
except Refusal as refusal:
    said = refusal.code
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([said, peak, time.process_time()]))
"""


def hostile_files():
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>Họ và tên</t></is></c></row>'
    empty = "".join(f'<row r="{n}"/>' for n in range(2, 1_000_000))
    text = '<row r="2"><c r="A2" t="inlineStr"><is><t>{}</t></is></c></row>'
    noise = os.urandom(10 * 1024 * 1024).hex()
    twice = xlsx([["Họ và tên", "Họ tên"], ["An", "Ân"]]).getvalue()
    declared = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return {
        "no_spreadsheet": (b"\x89PNG\r\n\x1a\n" + bytes(500), "not_a_spreadsheet"),
        "bomb": (package(sheet_xml(head), extra={"x": bytes(300_000_000)}).getvalue(), "suspicious_packing"),
        "entities": (package(sheet_xml(head, before=declared)).getvalue(), "forbidden_markup"),
        "empty_rows": (package(sheet_xml(head + empty)).getvalue(), "0 rows"),
        "headings_twice": (twice, "duplicate_headings"),
        "one_text_of_20_mib": (package(sheet_xml(head + text.format(noise))).getvalue(), "cell_too_long"),
        "far_cell": (package(sheet_xml(head + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')).getvalue(), "too_wide"),
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", ["no_spreadsheet", "bomb", "entities", "empty_rows",
                                  "headings_twice", "one_text_of_20_mib", "far_cell"])  # fmt: skip
def test_a_hostile_file_costs_little_and_is_refused_in_words(name, tmp_path):
    content, expected = hostile_files()[name]
    file = tmp_path / "file.xlsx"
    file.write_bytes(content)
    answer = subprocess.run(
        [sys.executable, "-P", "-c", CODE, str(file)],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "nennep.config.settings_test"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_AT_MOST,) * 2),
        capture_output=True,
        text=True,
        check=False,
    )
    said, peak, seconds = json.loads(answer.stdout)

    assert said == expected
    assert peak < MEMORY_AT_MOST
    assert seconds < SECONDS_AT_MOST
