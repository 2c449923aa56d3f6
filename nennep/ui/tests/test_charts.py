"""Pictures of figures: readable without colour, without scripts, and by a screen reader."""

# ruff: noqa: S314 -- what is parsed is our own

import re
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from nennep.ui.charts import (
    Bar,
    Column,
    HeatCell,
    HeatRow,
    Point,
    Series,
    Target,
    bars,
    heat_map,
    small_multiples,
    trend,
)
from nennep.ui.charts.axis import axis_for, labelled
from nennep.ui.charts.lines import LINE_OF_TEXT
from nennep.ui.charts.pen import LOOKS, shortened, text_width

HELD = HeatCell("Đã sinh hoạt", "good", "dot", url="/m/1/", note="ngày 5-6-2024")
SILENT = HeatCell("Chưa báo cáo", "bad", "cross")
TARGET = Target(Fraction(9, 10), "Chỉ tiêu từ 90%")
ATTACK = '<script>"&'


def line(label="Thôn", gap=False):
    values = [Fraction(88, 100), None if gap else Fraction(90, 100), Fraction(924, 1000)]
    points = [Point(f"{m}/2024", v, note="1/2") for m, v in enumerate(values, start=1)]
    return Series(label, points, url="/b/")


def everything(label="Chi bộ A", standalone=False):
    """One of each picture, every word of which people may have typed."""
    return [
        heat_map(
            [HeatRow(label, [HELD, None, SILENT], url="/u/")],
            [Column("4", "2024", label), Column("5", "2024"), "6"],
            title=label,
            description=label,
            legend=[HELD, SILENT, HeatCell("Chưa đến hạn", "neutral", "none", text="7")],
            standalone=standalone,
        ),
        trend(
            [line(label), line("B")], title=label, target=Target(0.9, label), standalone=standalone
        ),
        small_multiples([line(label)], title=label, target=TARGET, standalone=standalone),
        bars(
            [Bar(label, Fraction(1, 2), "50% (1/2)", url="/u/", note=label), Bar("B", None, "–")],
            title=label,
            target=TARGET,
            standalone=standalone,
        ),
    ]


@pytest.mark.parametrize("standalone", [False, True])
def test_every_picture_is_well_formed_and_what_people_typed_stays_text(standalone):
    for picture in everything(ATTACK, standalone=standalone):
        ET.fromstring(f"<div>{picture}</div>")
        assert "<script" not in picture
        assert "style=" not in picture


def test_a_picture_in_a_file_stands_alone():
    for picture in everything(standalone=True):
        root = ET.fromstring(picture)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root.get("width")
        assert 'class="c-' not in picture
        assert "<a " not in picture
        assert 'role="img"' in picture


def test_every_look_has_a_rule_in_the_style_sheet():
    sheet = Path(__file__).parents[1] / "static/ui/css/charts.css"
    styled = set(re.findall(r"\.c-([a-z0-9-]+)", sheet.read_text()))
    assert set(LOOKS) == styled


def test_a_cell_says_unit_month_status_and_leads_to_its_meeting():
    picture = everything()[0]
    assert "<title>Chi bộ A, 5/2024: " not in picture  # nothing was expected
    assert "<title>Chi bộ A, Chi bộ A: Đã sinh hoạt (ngày 5-6-2024)</title>" in picture
    assert '<a href="/m/1/" tabindex="-1">' in picture
    assert "<title>Chi bộ A, 6: Chưa báo cáo</title>" in picture


def test_a_status_is_drawn_once_and_used_many_times():
    rows = [HeatRow(f"Chi bộ {n}", [HELD] * 36) for n in range(50)]
    years = [Column(str(n % 12 + 1), group=str(2022 + n // 12)) for n in range(36)]
    picture = heat_map(rows, years, title="Sổ")
    assert picture.count("<defs>") == 1
    assert picture.count("<g id=") == 2  # a month, and a year of them
    assert "<title>Chi bộ 0, 1/2022 – 12/2022: " in picture
    assert len(picture) / (50 * 36) < 30


def test_a_picture_that_leads_somewhere_is_a_group_and_one_that_does_not_an_image():
    assert 'role="group"' in everything()[0]
    assert 'role="img"' in trend([line()], title="t")


def heights_of_last_values(drawn):
    texts = re.findall(r'<text x="[\d.]+" y="([\d.]+)"[^>]*font-weight="600">([^<]+)</text>', drawn)
    return [(float(y), words) for y, words in texts]


@pytest.mark.parametrize(
    "values",
    [(1, 1, 1, 1), (0.9, 0.9, 0.9, 0.9), (0.966, 0.971, 0.984, 0.9), (0.901, 0.9, 0.902, 1)],
)
def test_last_values_of_lines_that_meet_stand_one_below_the_other(values):
    lines = [Series(str(value), [Point("2022", 0.95), Point("2023", value)]) for value in values]

    told = heights_of_last_values(trend(lines, title="Xu hướng", standalone=True))

    heights = [y for y, _words in told]
    assert len(told) == len(values)
    assert all(lower - upper >= LINE_OF_TEXT for upper, lower in pairwise(heights))
    shares = [float(words.rstrip("%").replace(",", ".")) for _y, words in told]
    assert shares == sorted(shares, reverse=True)


@pytest.mark.parametrize("standalone", [True, False])
@pytest.mark.parametrize("draw", [trend, small_multiples])
def test_an_axis_that_does_not_begin_at_nought_says_so(draw, standalone):
    from_nought = Series("Thôn", [Point("1/2024", Fraction(0)), Point("2/2024", Fraction(1))])

    assert "trục dọc bị cắt: bắt đầu từ 85%" in draw([line()], title="t", standalone=standalone)
    assert "trục dọc" not in draw([from_nought], title="t", standalone=standalone)


def test_a_target_never_hides_on_the_base_line():
    drawn = trend(
        [line()], title="Tham gia", target=Target(Fraction(85, 100), "Chỉ tiêu"), standalone=True
    )

    dashed = re.search(
        r'<path d="M[\d.]+ ([\d.]+)L[^"]+"[^>]*stroke-dasharray="6 4"',
        drawn.split("Chỉ tiêu</text>")[1],
    )
    base = re.search(r'<path d="M[\d.]+ ([\d.]+)L[\d.]+ \1" stroke="#868e97"', drawn)
    assert float(base[1]) - float(dashed[1]) > 1


def test_a_gap_breaks_the_line():
    whole = trend([line()], title="t", standalone=True)
    broken = trend([line(gap=True)], title="t", standalone=True)

    def strokes(picture):
        path = re.search(r'<path d="([^"]+)" stroke-linejoin', picture)[1]
        return path.count("M"), path.count("L")

    assert strokes(whole) == (1, 2)
    assert strokes(broken) == (2, 0)


def test_numbers_are_written_the_vietnamese_way():
    assert "92,4%" in trend([line()], title="t")
    counts = Series("Buổi", [Point("1", 12000), Point("2", 15420)])
    assert "15.420" in trend([counts], title="t", unit="count")


def test_a_trend_tells_its_story_in_words():
    assert "Thôn: 1/2024 88%, 3/2024 92,4%. Chỉ tiêu từ 90%." in trend(
        [line()], title="t", target=TARGET
    )


def test_nothing_known_is_no_fault():
    empty = Series("Thôn", [Point("1/2024", None)])
    for picture in (
        trend([empty], title="t"),
        trend([], title="t"),
        small_multiples([empty], title="t"),
        small_multiples([], title="t", standalone=True),
        bars([], title="t"),
        heat_map([], [], title="t"),
    ):
        ET.fromstring(f"<div>{picture}</div>")


@pytest.mark.parametrize(
    ("values", "unit", "low", "high", "ticks"),
    [
        ([Fraction(88, 100), Fraction(96, 100)], "percent", "85%", "100%", 4),
        ([Fraction(99, 100), Fraction(1)], "percent", "94%", "100%", 4),
        ([Fraction(1, 10), Fraction(3, 10)], "percent", "10%", "30%", 5),
        ([Fraction(0), Fraction(1)], "percent", "0%", "100%", 5),
        ([None], "percent", "0%", "6%", 4),
        ([480, 527], "count", "0", "600", 4),
        ([3], "count", "0", "3", 4),
        ([15420], "count", "0", "20.000", 5),
    ],
)
def test_an_axis_ends_at_round_values(values, unit, low, high, ticks):
    axis = axis_for(values, unit)
    assert (axis.written(axis.low), axis.written(axis.high)) == (low, high)
    assert len(axis.ticks) == ticks


def test_labels_that_do_not_fit_are_left_out_and_the_last_one_stays():
    labels = [f"{m}/2024" for m in range(1, 13)]
    assert labelled(labels, 2000) == list(range(12))
    few = labelled(labels, 200)
    assert few[-1] == 11
    assert len(few) < 5
    assert labelled([], 100) == []


def test_a_name_too_long_is_cut_with_a_sign():
    name = "Chi bộ Công ty cổ phần Môi trường đô thị"
    cut = shortened(name, 120)
    assert cut.endswith("…")
    assert text_width(cut) <= 120
    assert shortened("Chi bộ A", 300) == "Chi bộ A"
