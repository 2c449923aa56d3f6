import pytest

from nennep.library.rules.documents import (
    BodyRule,
    DocumentRules,
    IssuerRule,
    canonical,
    counted_under,
    missing_numbers,
    number_in,
    searched,
    symbol,
)
from nennep.regulations.queries import preset_sets

SHIPPED = {preset.code: preset for preset in preset_sets()}


def shipped(rule_set, key):
    return next(v.value for v in SHIPPED[rule_set].values if v.key == f"documents.{key}")


@pytest.mark.parametrize(
    ("number", "shown"), [(1, "01-NQ/CB"), (9, "09-NQ/CB"), (10, "10-NQ/CB"), (123, "123-NQ/CB")]
)
def test_a_number_below_ten_has_a_zero(number, shown):
    assert symbol(number, "NQ", "CB") == shown


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("13-ĐA/HU", 13),
        (" 05 - NQ/ĐU ", 5),
        ("12-HD/BTCTW", 12),
        ("29/2018/QH14", None),
        ("", None),
    ],
)
def test_the_number_is_read_from_the_symbol(written, number):
    assert number_in(written) == number


@pytest.mark.parametrize(
    ("written", "shown"),
    [("1 – ĐA / HU", "01-ĐA/HU"), ("13-ĐA/HU", "13-ĐA/HU"), ("29/2018/QH14", "29/2018/QH14")],
)
def test_a_symbol_is_kept_in_one_spelling(written, shown):
    assert canonical(written) == shown


def test_decisions_and_regulations_are_written_alike_and_counted_apart():
    assert counted_under("decision", "QĐ") == "QĐ"
    assert counted_under("regulation", "QĐ") != "QĐ"


# Around the table of 399-QĐ/TW, điều 11 and 13: kind, cell, committee, standing committee.
TABLE = [
    ("resolution", True, True, True),
    ("decision", True, True, True),
    ("conclusion", True, True, True),
    ("notice", True, True, True),
    ("report", True, True, True),
    ("plan", True, True, True),
    ("programme", True, True, True),
    ("scheme", True, True, True),
    ("option", True, True, True),
    ("submission", True, True, True),
    ("letter", True, True, True),
    ("minutes", True, True, True),
    ("working_rules", True, True, False),
    ("regulation", False, True, True),
    ("guidance", False, False, True),
    ("directive", False, False, False),
    ("circular", False, False, False),
]


@pytest.mark.parametrize(("kind", "cell", "committee", "standing"), TABLE)
def test_who_issues_what_at_the_grassroots(kind, cell, committee, standing):
    rules = DocumentRules(
        issuers=tuple(map(IssuerRule.read, shipped("issuers-399", "issuers"))),
        judged=("cell", "grassroots_committee"),
    )

    assert [
        rules.may_issue(kind, issuer, unit_kind="grassroots_committee")
        for issuer in ("cell", "committee", "standing")
    ] == [cell, committee, standing]


def test_a_kind_or_a_level_of_which_no_rule_is_known_is_not_judged():
    rules = DocumentRules(
        issuers=(IssuerRule("directive", frozenset()),), judged=("grassroots_committee",)
    )

    assert rules.may_issue("directive", "committee", unit_kind="grassroots_committee") is False
    assert rules.may_issue("directive", "committee", unit_kind="district") is None
    assert rules.may_issue("decree", "committee", unit_kind="grassroots_committee") is None
    assert DocumentRules().may_issue("directive", "cell", unit_kind="cell") is None


@pytest.mark.parametrize(
    ("kind", "name", "abbreviation"),
    [
        ("cell", "Chi bộ thôn Đông", "CB"),
        ("grassroots_committee", "Đảng bộ xã Phù Linh", "ĐU"),
        ("district", "Đảng bộ huyện Sóc Sơn", "HU"),
        ("district", "Đảng bộ quận Tây Hồ", "QU"),
        ("city", "Đảng bộ thành phố Hà Nội", "TU"),
        ("unheard_of", "Đảng bộ", ""),
    ],
)
def test_a_body_is_abbreviated_as_in_real_symbols(kind, name, abbreviation):
    rules = DocumentRules(bodies=tuple(map(BodyRule.read, shipped("documents-36", "bodies"))))

    assert rules.body(kind, name) == abbreviation


@pytest.mark.parametrize(
    "row", [{"code": "", "issuers": "cell"}, {"code": "plan", "issuers": "everybody"}]
)
def test_a_line_that_says_nothing_sensible_is_no_rule(row):
    with pytest.raises(ValueError, match="'code'"):
        IssuerRule.read(row)


def test_symbols_are_found_however_they_are_typed():
    kept = searched("11-ĐA/TU", "Nâng cao chất lượng")

    assert all(word in kept for word in searched("11 da tu").split())
    assert all(word in kept for word in searched("11-ĐA/TU").split())
    assert searched("chat luong") in kept


def test_what_is_missing_in_a_series_is_said():
    assert missing_numbers([1, 3, 7], 7) == [2, 4, 5, 6]
    assert missing_numbers([], 0) == []
