"""The commands that are used from outside, through the same door: what is wrong is said, JSON stands alone."""

import json
from datetime import date

import pytest

from nennep.config import command
from nennep.core.tests.workbooks import xlsx
from nennep.indicators.tests.factories import keep_ledger_from, month
from nennep.organisation.tests.factories import make_cell, make_committee

pytestmark = pytest.mark.django_db

PERIOD = ("--from", "2024-01", "--to", "2024-06")
VIETNAMESE = set("ăâđêôơưáàảãạếềệốồộớờợứừựíìịýỳấầậắằặéèẹóòọúùụ")


@pytest.fixture(autouse=True)
def cell(monkeypatch):
    # A command closes its connections at the end; the database of a test lives in one of them.
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    keep_ledger_from(month("2024-01"))
    return make_cell(
        "Chi bộ Một", parent=make_committee("Đảng bộ xã Gần", code="NEAR"), code="N1",
        founded_on=date(2024, 1, 1),
    )  # fmt: skip


def run(*words):
    try:
        return command._run(["nennep", *map(str, words)])
    except SystemExit as end:
        return end.code


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("units", "--under", "KHONG", "--json"), "KHONG"),
        (("handbook", "import", "/khong/co.toml", "--json"), "/khong/co.toml"),
        (("handbook", "book", "--out", "/nowhere/a.odt"), ".odt"),
        (("handbook", "import", "--json"), "TỆP"),
        (("units", "--on", "13-6-2024", "--json"), "13-6-2024"),
        (("units", "--la", "--json"), "--la"),
        (("ledger", "KHONG", "--month", "2024-06", "--json"), "KHONG"),
        (("ledger", "N1", "--month", "2024-6", "--json"), "2024-6"),
        (("ledger", "N1", "--month", "2024-13", "--json"), "2024-13"),
        (("ledger", "N1", "--json"), "--month"),
        (("ledger", "--month", "2024-06", "--json"), "CODE"),
        (("figures", "KHONG", *PERIOD, "--json"), "KHONG"),
        (("figures", "N1", "--from", "2024-06", "--to", "2024-01", "--json"), "hai tháng"),
        (("figures", "N1", "--from", "tháng 1", "--to", "2024-06", "--json"), "tháng 1"),
        (("figures", "N1", "--from", "2024-01", "--json"), "--to"),
        (("figures", "N1", *PERIOD, "--structure", "old", "--json"), "old"),
        (("figures", "N1", "--from", "2023-01", "--to", "2023-06", "--json"), "Chi bộ Một"),
        (("review", "KHONG", *PERIOD, "--format", "json", "--out", "/nowhere/a"), "KHONG"),
        (("review", "N1", *PERIOD, "--format", "json", "--out", "/nowhere/a"), "/nowhere/a"),
        (("review", "N1", *PERIOD, "--format", "odt", "--out", "/nowhere/a"), "odt"),
        (("review", "N1", *PERIOD, "--format", "json"), "--out"),
        (("review-programme", "KHONG", "11-ĐA/TU", "--out", "."), "KHONG"),
        (("review-programme", "N1", "99-ĐA/TU", "--out", "."), "99-ĐA/TU"),
        (("review-programme", "N1", "11-ĐA/TU"), "--out"),
        (("minutes", "khong-co", "--format", "docx", "--out", "/nowhere/a"), "khong-co"),
        (("minutes", "--format", "docx", "--out", "/nowhere/a"), "PUBLIC_ID"),
        (("check-data", "tất cả"), "tất cả"),
        (("import-units", "/khong/co.xlsx", "--under", "N1", "--json"), "/khong/co.xlsx"),
        (("import-members", "a.xlsx", "--json"), "--under"),
        (("import-members", "a.xlsx", "--under", "KHONG", "--json"), "KHONG"),
        (("import-members", "--template", "/nowhere/a.xlsx"), "/nowhere/a.xlsx"),
        (("import-members", "a.xlsx", "--under", "N1", "--since", "mai"), "mai"),
        (("import-attendance", "a.xlsx", "--meeting", "khong-co", "--json"), "khong-co"),
        (("import-history", "a.xlsx", "--under", "N1", "--convert", "la"), "la"),
        (("training", "KHONG", "--year", "2024", "--json"), "KHONG"),
        (("training", "N1", "--year", "hai", "--json"), "hai"),
        (("training", "N1", "--year", "2999", "--json"), "2999"),
        (("training", "N1", "--json"), "--year"),
    ],
)
def test_what_is_wrong_is_a_vietnamese_sentence_on_stderr_and_exit_2(words, said, capsys):
    assert run(*words) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert set(err.lower()) & VIETNAMESE
    assert "error" not in err


def no_table(path):
    path.write_bytes(b"no table")


def faulty_units(path):
    path.write_bytes(xlsx([["Mã", "Tên tổ chức đảng"], ["N2", ""]]).getvalue())


def faulty_entries(path):
    path.write_text('[[entry]]\ncode = "x"\n')


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("a.xlsx", no_table, ("import-units", "FILE", "--under", "N1", "--apply")),
        ("a.xlsx", no_table, ("import-members", "FILE", "--under", "N1", "--apply")),
        ("a.xlsx", no_table, ("import-history", "FILE", "--under", "N1", "--apply")),
        ("a.xlsx", faulty_units, ("import-units", "FILE", "--under", "NEAR", "--apply")),
        ("a.toml", faulty_entries, ("handbook", "import", "FILE")),
    ],
)
def test_what_is_wrong_in_a_file_is_in_the_json_with_exit_1(name, make, words, tmp_path, capsys):
    make(tmp_path / name)
    assert run(*(tmp_path / name if word == "FILE" else word for word in words), "--json") == 1

    told = json.loads(capsys.readouterr().out)
    problems = [each["problem"] for each in told.get("errors") or told["wrong"]]
    assert problems
    assert all(set(problem.lower()) & VIETNAMESE for problem in problems)
    assert told["applied"] is False


@pytest.mark.parametrize("name", sorted(command.own_commands()))
def test_every_command_ends_an_unknown_option_with_exit_2_and_nothing_on_stdout(name, capsys):
    assert run(name, "--khong-co-tuy-chon-nay") == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert set(err.lower()) & VIETNAMESE


@pytest.mark.parametrize(
    "words",
    [
        ("units",),
        ("units", "--under", "N1", "--on", "2023-12-31"),
        ("ledger", "N1", "--month", "2023-12"),
        ("ledger", "N1", "--month", "2031-01"),
        ("figures", "N1", *PERIOD),
        ("figures", "N1", "--from", "2031-01", "--to", "2031-06"),
        ("figures", "N1", *PERIOD, "--structure", "now"),
        ("check-data",),
    ],
)
def test_json_stands_alone_on_stdout(words, capsys):
    assert run(*words, "--json") == 0

    out, err = capsys.readouterr()
    json.loads(out)
    assert err == ""


def test_a_unit_is_not_listed_before_its_first_day_and_is_on_it(capsys):
    run("units", "--under", "N1", "--on", "2023-12-31", "--json")
    assert json.loads(capsys.readouterr().out) == []

    run("units", "--under", "N1", "--on", "2024-01-01", "--json")
    assert [row["code"] for row in json.loads(capsys.readouterr().out)] == ["N1"]


def test_the_ledger_of_a_month_before_the_cell_expects_nothing_and_of_a_coming_one_all(capsys):
    def told(at):
        run("ledger", "N1", "--month", at, "--json")
        ledger = json.loads(capsys.readouterr().out)
        return ledger["expected"], ledger["pending"], len(ledger["rows"])

    assert told("2023-12") == (0, 0, 0)
    assert told("2024-08") == (1, 1, 1)
    assert told("2024-09") == (2, 2, 2)


def test_figures_of_a_coming_period_are_of_today_and_judge_nothing_that_has_not_happened(capsys):
    run("figures", "N1", "--from", "2031-01", "--to", "2031-06", "--json")

    told = json.loads(capsys.readouterr().out)
    by_code = {figure["code"]: figure for figure in told["indicators"]}
    assert told["as_of"] == "2024-06-13"
    assert [by_code["MTG_REG"][key] for key in ("denominator", "value", "met")] == [0, None, None]
    assert by_code["ORG.cells"]["value"] == 1
    assert {type(figure["numerator"]) for figure in told["indicators"]} == {int}


@pytest.mark.parametrize("name", sorted(command.own_commands()))
def test_the_help_of_a_command_is_vietnamese_and_explains_every_option(name, capsys):
    assert run(name, "--help") == 0

    out = capsys.readouterr().out
    assert out.startswith(f"Cách dùng: nennep {name} ")
    assert "--traceback" not in out
    explained = out.partition("Tùy chọn:")[2].splitlines()
    bare = [
        line
        for line, after in zip(explained, [*explained[1:], ""], strict=True)
        if line.startswith("  -") and "  " not in line.strip() and not after.startswith(" " * 10)
    ]
    assert bare == []
