"""The parts that pages are put together from. Built into every template of the product."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from fractions import Fraction
from functools import cache
from typing import Any, Protocol

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.context import RequestContext
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from nennep.core import text as written

register = template.Library()

# A status is a word and a shape, and only then a colour.
SHAPE_OF_TONE = {
    "good": "dot",
    "warn": "triangle",
    "bad": "square",
    "info": "half",
    "neutral": "ring",
}
ICON_OF_TONE = {"good": "check", "warn": "warning", "bad": "warning", "info": "info"}


class Share(Protocol):
    """A part of a whole, both of which are shown. A Fraction is none: it forgets them."""

    @property
    def numerator(self) -> int: ...

    @property
    def denominator(self) -> int: ...


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """Hidden from readers of the text unless it has a label of its own."""
    modifier = f" icon--{size}" if size else ""
    href = f"{_icons()}#{name}"
    if label:
        return format_html(
            '<svg class="icon{}" role="img" aria-label="{}"><use href="{}"></use></svg>',
            modifier,
            label,
            href,
        )
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}"></use></svg>', modifier, href
    )


@register.simple_tag
def badge(label: str, tone: str = "neutral", shape: str = "") -> SafeString:
    mark = icon(f"shape-{shape or SHAPE_OF_TONE.get(tone, 'ring')}")
    return format_html('<span class="badge badge--{}">{}{}</span>', tone, mark, label)


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """Of a select that stands in every row of a table: short, for there are many."""
    selected = mark_safe(" selected")
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, selected if value == chosen else "", label) for value, label in choices),
    )


@register.simple_block_tag
def panel(
    content: SafeString,
    title: str = "",
    icon: str = "",
    tone: str = "",
    id: str = "",  # noqa: A002 -- the name it has in HTML
    level: int = 2,
) -> SafeString:
    """A card with a heading that names it."""
    heading_id = f"{id or 'panel-' + slugify(written.fold(title))}-title"
    return _part(
        "panel",
        content=content,
        title=title,
        icon=icon,
        tone=tone,
        id=id,
        heading_id=heading_id,
        tag=f"h{level}",
    )


@register.simple_tag
def notice(text: str, tone: str = "info", title: str = "") -> SafeString:
    """Stays on the page until it no longer holds: nothing vanishes before it is read."""
    body = format_html("<p>{}</p>", text)
    return _part(
        "notice", content=body, tone=tone, title=title, icon=ICON_OF_TONE.get(tone, "info")
    )


@register.simple_block_tag
def notice_box(content: SafeString, tone: str = "info", title: str = "") -> SafeString:
    return _part(
        "notice", content=content, tone=tone, title=title, icon=ICON_OF_TONE.get(tone, "info")
    )


@register.simple_tag
def figure_link(share: Share | Sequence[int] | None, url: str = "") -> SafeString:
    """92,4% (12.340/13.355): never a percentage alone; it opens the rows behind it."""
    numerator, denominator = _parts_of(share)
    if not denominator:
        return format_html('<span class="figure muted">{}</span>', _("no data"))
    percent = written.vn_percent(Fraction(numerator, denominator))
    shown = format_html('<a href="{}">{}</a>', url, percent) if url else format_html("{}", percent)
    return format_html(
        '<span class="figure"><b>{}</b> <span class="figure__parts">({}/{})</span></span>',
        shown,
        written.vn_number(numerator),
        written.vn_number(denominator),
    )


@register.simple_tag
def field(
    bound: BoundField,
    label: str = "",
    hint: str = "",
    kept: bool = True,  # noqa: FBT001, FBT002 -- written in templates
    one_of: bool = False,  # noqa: FBT001, FBT002 -- likewise
) -> SafeString:
    """A question: its label, a hint, the answer, and beside it what is wrong with it.

    `kept=False` keeps what is typed here out of the draft on the device. `one_of`: this field or
    its neighbour must be filled in, so neither is called optional.
    """
    widget = bound.field.widget
    hint = hint or str(bound.help_text or "")
    attributes: dict[str, Any] = {} if kept else {"data-draft-skip": ""}
    is_group = isinstance(widget, (RadioSelect, CheckboxSelectMultiple))
    described = [f"{bound.auto_id}_helptext"] * bool(hint)
    described += [f"{bound.auto_id}_error"] * bool(bound.errors)
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return _part(
        "field",
        field=bound,
        control=bound.as_widget(attrs=attributes),
        options=list(bound) if is_group else [],
        label=label or bound.label,
        hint=hint,
        is_group=is_group,
        is_check=isinstance(widget, CheckboxInput),
        is_optional=not (bound.field.required or one_of),
        described_by=" ".join(described),
    )


@register.simple_tag
def form_errors(form: BaseForm) -> SafeString:
    """What is wrong, said once above the form, each line leading to its field."""
    return _part("form_errors", form=form) if form.errors else SafeString("")


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """All of a plain form: what is wrong, the hidden fields, then each visible one."""
    hidden = [bound.as_widget() for bound in form.hidden_fields()]
    visible = [field(bound) for bound in form.visible_fields()]
    return mark_safe("".join([form_errors(form), *hidden, *visible]))  # noqa: S308 -- all parts are safe


@register.simple_tag
def empty_state(
    title: str, text: str = "", action_url: str = "", action_label: str = "", icon: str = "info"
) -> SafeString:
    """Where there is nothing yet, the page teaches the first step."""
    return _part(
        "empty_state",
        title=title,
        text=text,
        action_url=action_url,
        action_label=action_label,
        icon=icon,
    )


@register.simple_tag
def step_line(steps: Iterable[Any], current: int | str = 0) -> SafeString:
    """The steps of a piece of work; any can be opened at any time. `current` counts from 1."""
    numbered = [
        {"number": number, "step": step, "is_current": number == int(current or 0)}
        for number, step in enumerate(steps, start=1)
    ]
    return _part("step_line", steps=numbered, total=len(numbered))


@register.simple_tag
def progress(done: int, total: int, label: str = "") -> SafeString:
    share = Fraction(done, total) if total else None
    return _part(
        "progress", done=done, total=total, label=label, percent=written.vn_percent(share, 0)
    )


@register.simple_tag
def stat(label: str, value: Any, url: str = "", note: str = "", tone: str = "") -> SafeString:
    return _part("stat", label=label, value=value, url=url, note=note, tone=tone)


@register.simple_tag
def breadcrumbs(crumbs: Sequence[tuple[str, str]]) -> SafeString:
    return _part("breadcrumbs", crumbs=crumbs) if crumbs else SafeString("")


@register.simple_tag(takes_context=True)
def pager(context: RequestContext, page: Page[Any], parameter: str = "page") -> SafeString:
    """Which page of a long list, with the rest of the address kept as it is."""
    if page.paginator.num_pages < 2:
        return SafeString("")
    kept = context["request"].GET.copy() if "request" in context else None

    def address(number: int) -> str:
        if kept is None:
            return f"?{parameter}={number}"
        kept[parameter] = str(number)
        return f"?{kept.urlencode()}"

    return _part(
        "pager",
        page=page,
        previous_url=address(page.previous_page_number()) if page.has_previous() else "",
        next_url=address(page.next_page_number()) if page.has_next() else "",
    )


@register.simple_tag
def chart_figure(svg: SafeString, caption: str = "") -> SafeString:
    caption_part = format_html("<figcaption>{}</figcaption>", caption) if caption else ""
    return format_html('<figure class="figure-chart">{}{}</figure>', caption_part, svg)


@register.simple_tag
def page_words() -> SafeString:
    """The words that scripts show, in the reader's language: data, which nothing executes."""
    words = {
        "draft_kept": _("Draft kept on this device at {time}"),
        "draft_restored": _("Restored what was typed here at {time}"),
        "draft_older": _(
            "There is a draft from {time} on this device, but the page changed since."
        ),
        "draft_use": _("Use the draft"),
        "draft_drop": _("Discard the draft"),
        "draft_untitled": _("Unnamed form"),
        "offline": _("No connection. What you type is kept on this device."),
        "waiting": _("Waiting to be sent: {count}"),
        "waiting_held": _("Not sent yet: there is no connection. It is kept on this device."),
        "waiting_open": _("Open and send"),
        "copied": _("Copied"),
        "copy_failed": _("Could not copy. Select the text and copy it by hand."),
        "copy_table": _("Copy table"),
        "filter_rows": _("Filter rows"),
        "rows_shown": _("{shown} of {total} rows"),
        "sort_by": _("Sort by {column}"),
        "trouble": _("The server could not do this. Nothing you typed is lost; please try again."),
        "not_allowed": _("You may not do this, or your session has ended. Open the page again."),
        "unreachable": _("The server did not answer. Check the connection and try again."),
        "sending": _("Sending…"),
    }
    return json_script(words, "ui-words")


@register.filter
def vn_date(day: date | None) -> str:
    return written.vn_date(_local(day))


@register.filter
def vn_long_date(day: date | None) -> str:
    local = _local(day)
    return "" if local is None else written.vn_long_date(local)


@register.filter
def vn_time(moment: datetime | time | None) -> str:
    if moment is None or moment == "":
        return ""
    local = _local(moment) if isinstance(moment, datetime) else moment
    return f"{local:%H:%M}"


@register.filter
def vn_datetime(moment: datetime | None) -> str:
    """20:15 ngày 6-12-2021."""
    if not moment:
        return ""
    return _("%(time)s on %(day)s") % {"time": vn_time(moment), "day": vn_date(moment)}


@register.filter
def vn_month(month: date | None) -> str:
    if not month:
        return ""
    return _("month %(month)s/%(year)s") % {"month": month.month, "year": month.year}


@register.filter
def vn_number(number: int | float | Fraction | None, digits: int = 0) -> str:
    return "" if number is None or number == "" else written.vn_number(number, int(digits))


@register.filter
def vn_percent(share: Fraction | None) -> str:
    return written.vn_percent(share)


@register.filter
def message_tone(level: str) -> str:
    """Django's levels of a message in the product's tones."""
    return {"success": "good", "warning": "warn", "error": "bad"}.get(level.split()[-1], "info")


@register.filter
def get_item(mapping: Mapping[Any, Any], key: object) -> Any:
    return mapping.get(key) if mapping else None


@cache
def _icons() -> str:
    """The address of the sheet of icons, which a page names a hundred times."""
    return static("ui/icons.svg")


def _part(name: str, **values: object) -> SafeString:
    return mark_safe(get_template(f"ui/parts/{name}.html").render(values))  # noqa: S308 -- escaped there


def _parts_of(share: Share | Sequence[int] | None) -> tuple[int, int]:
    if share is None:
        return 0, 0
    if isinstance(share, Fraction):
        raise TypeError("a Fraction has forgotten its numerator and denominator; give both")
    if isinstance(share, Sequence):
        return share[0], share[1]
    return share.numerator, share.denominator


def _local(moment: Any) -> Any:
    """A moment is shown in Hà Nội's time; a day is a day."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment or None
