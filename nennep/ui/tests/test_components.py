"""Every part renders what its page needs, and what people typed stays text."""

import re
from datetime import UTC, date, datetime
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

VOID = {"input", "br", "img", "meta", "link", "use", "path", "rect", "hr"}


class Balance(HTMLParser):
    """Raises where a tag is closed that was not open."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag


def shown(source, **values):
    with translation.override("en"):
        html = re.sub(r"\s+", " ", Template(source).render(Context(values))).replace("> <", "><")
        html = re.sub(r"\s+>", ">", html)  # the formatter breaks long tags before the bracket
    reader = Balance()
    reader.feed(html)
    assert reader.open == []
    assert "<style" not in html
    assert " style=" not in html
    return html


class Visit(forms.Form):
    place = forms.CharField(label="Place", help_text="Where everybody finds it")
    note = forms.CharField(label="Note", required=False)
    how = forms.ChoiceField(
        label="How", choices=[("a", "Hands"), ("b", "Ballot")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="Sure")
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def test_an_icon_is_hidden_unless_it_has_a_label():
    assert 'aria-hidden="true"' in shown('{% icon "home" %}')
    assert 'role="img" aria-label="Home"' in shown('{% icon "home" label="Home" %}')


@pytest.mark.parametrize(
    ("tone", "shape"),
    [
        ("good", "dot"),
        ("warn", "triangle"),
        ("bad", "square"),
        ("info", "half"),
        ("neutral", "ring"),
    ],
)
def test_a_status_is_a_word_and_a_shape(tone, shape):
    html = shown("{% badge 'Đã sinh hoạt' tone=tone %}", tone=tone)
    assert f"#shape-{shape}" in html
    assert "Đã sinh hoạt" in html
    assert f"badge--{tone}" in html


def test_what_people_typed_stays_text():
    attack = "<script>alert(1)</script>"
    for source in (
        "{% badge t %}",
        "{% notice t title=t %}",
        "{% stat t value=t url=t note=t %}",
        "{% empty_state t t t t %}",
        "{% panel title=t %}{{ t }}{% endpanel %}",
        "{% progress 1 2 t %}",
        "{% table_region t %}{{ t }}{% endtable_region %}",
        "{% breadcrumbs crumbs %}",
        "{% step_line steps 1 %}",
    ):
        html = shown(
            source, t=attack, crumbs=[(attack, attack)], steps=[{"label": attack, "url": attack}]
        )
        assert "<script" not in html
        assert "&lt;script" in html


def test_a_panel_is_named_by_its_heading():
    html = shown('{% panel title="Chi bộ" icon="people" %}<p>x</p>{% endpanel %}')
    assert 'aria-labelledby="panel-chi-bo-title"' in html
    assert '<h2 class="card__title" id="panel-chi-bo-title"' in html


def test_a_notice_box_holds_more_than_a_sentence():
    html = shown("{% notice_box tone='warn' title='Look' %}<ul><li>x</li></ul>{% endnotice_box %}")
    assert "notice--warn" in html
    assert "<li>x</li>" in html


def test_a_percentage_is_never_alone_and_opens_its_rows():
    html = shown("{% figure_link share url='/rows/' %}", share=(12340, 13355))
    assert '<a href="/rows/">92,4%</a>' in html
    assert "(12.340/13.355)" in html
    assert "no data" in shown("{% figure_link share %}", share=(0, 0))
    assert "no data" in shown("{% figure_link share %}", share=None)


def test_a_fraction_has_forgotten_its_parts():
    with pytest.raises(TypeError):
        shown("{% figure_link share %}", share=Fraction(1, 2))


def test_a_field_says_what_is_wrong_beside_it():
    html = shown("{% field form.place %}", form=Visit({}))
    assert 'aria-describedby="id_place_helptext id_place_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_place_error"' in html
    assert '<label for="id_place">Place</label>' in html


def test_an_optional_field_says_so_and_a_required_one_does_not():
    assert "(optional)" in shown("{% field form.note %}", form=Visit())
    assert "(optional)" not in shown("{% field form.place %}", form=Visit())


def test_choices_are_a_group_with_a_legend():
    html = shown("{% field form.how %}", form=Visit())
    assert "<legend> How </legend>" in html
    assert html.count('type="radio"') == 2
    assert 'for="id_how_1"' in html


def test_a_checkbox_stands_before_its_words():
    html = shown("{% field form.sure kept=False %}", form=Visit())
    assert html.index('type="checkbox"') < html.index("Sure")
    assert "data-draft-skip" in html


def test_a_plain_form_is_written_whole():
    html = shown("{% form_fields form %}", form=Visit({}))
    assert 'type="hidden"' in html
    assert '<a href="#id_place">Place</a>' in html
    assert html.count('class="field') >= 4


def test_the_steps_say_where_we_are_and_what_is_done():
    steps = [
        {"label": "Chuẩn bị", "url": "/1/", "state": "done"},
        {"label": "Điểm danh", "url": "/2/", "state": "todo"},
        {"label": "Theo dõi", "url": "/3/", "state": "attention"},
    ]
    html = shown("{% step_line steps 2 %}", steps=steps)
    assert html.count('aria-current="step"') == 1
    assert "needs attention" in html
    assert "#check" in html


def test_progress_counts_in_words():
    html = shown("{% progress 340 1527 'Đang tính' %}")
    assert "340/1.527 · 22%" in html
    assert '<progress max="1527" value="340" aria-label="Đang tính">' in html
    assert "0/0" in shown("{% progress 0 0 %}")


def test_an_empty_state_teaches_the_first_step():
    html = shown("{% empty_state 'Nothing yet' 'Begin here' '/new/' 'Begin' %}")
    assert '<a class="button" href="/new/">Begin</a>' in html


def test_a_wide_table_scrolls_in_a_named_region():
    html = shown("{% table_region 'Figures' %}<table></table>{% endtable_region %}")
    assert 'role="group" tabindex="0" aria-label="Figures"' in html


def test_a_pager_keeps_the_rest_of_the_address():
    request = RequestFactory().get("/?q=an&page=2")
    page = Paginator(range(30), 10).get_page(2)
    html = shown("{% pager page %}", page=page, request=request)
    assert 'href="?q=an&amp;page=1"' in html
    assert 'href="?q=an&amp;page=3"' in html
    assert shown("{% pager page %}", page=Paginator([], 10).get_page(1)) == ""


def test_dates_and_numbers_are_written_as_people_write_them():
    html = shown(
        "{{ d|vn_date }}|{{ d|vn_long_date }}|{{ d|vn_month }}|{{ n|vn_number }}|{{ m|vn_time }}"
        "|{{ m|vn_datetime }}|{{ s|vn_percent }}|{{ none|vn_date }}{{ none|vn_month }}{{ none|vn_time }}",
        d=date(2021, 12, 6),
        n=15420,
        m=datetime(2024, 6, 13, 13, 15, tzinfo=UTC),
        s=Fraction(924, 1000),
        none=None,
    )
    assert html == (
        "6-12-2021|ngày 06 tháng 12 năm 2021|month 12/2021|15.420|20:15|20:15 on 13-6-2024|92,4%|"
    )


def test_an_entry_of_a_mapping_is_read_by_a_variable():
    assert shown("{{ m|get_item:k }}", m={"a": 7}, k="a") == "7"
    assert shown("{{ m|get_item:k }}", m={}, k="a") == "None"


def test_the_words_of_scripts_are_data():
    html = shown("{% page_words %}")
    assert html.startswith('<script id="ui-words" type="application/json">')


def test_options_of_a_row_say_which_is_chosen_and_stay_text():
    choices = [("a", "Có mặt"), ("b", "<b>Vắng</b>")]

    assert shown("{% options choices chosen %}", choices=choices, chosen="b") == (
        '<option value="a">Có mặt</option>'
        '<option value="b" selected>&lt;b&gt;Vắng&lt;/b&gt;</option>'
    )
