"""Tables, and the way out of each of them as a file. Built into every template."""

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.template.context import Context
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from nennep.ui import taking

register = template.Library()


@register.simple_block_tag(takes_context=True)
def table_region(
    context: Context,
    content: SafeString,
    label: str,
    taken: bool = True,  # noqa: FBT001, FBT002 -- written in templates
) -> SafeString:
    """A wide table scrolls inside its own region; the page never scrolls sideways.

    It can be taken away as a file; `taken=False` where it is a form, or nothing to take.
    """
    tools = _way_out(context, label, content) if taken else ""
    return format_html(
        '{}<div class="table-region" role="group" tabindex="0" aria-label="{}">{}</div>',
        tools,
        label,
        content,
    )


class ListTable(template.Node):
    """The table of what stands on the page as a list: it is made when it is taken away."""

    def __init__(self, label: FilterExpression, content: template.NodeList) -> None:
        self.label = label
        self.nodelist = content

    def render(self, context: Context) -> SafeString:
        label = str(self.label.resolve(context))
        request = context.get("request")
        asked = taking.wanted(request) if request else None
        content = self.nodelist.render(context) if asked else SafeString("")
        return _way_out(context, label, content)


@register.tag
def list_table(parser: Parser, token: Token) -> ListTable:
    """`{% list_table label %}<table>…</table>{% endlist_table %}` beside the list itself."""
    _name, label = token.split_contents()
    content = parser.parse(("endlist_table",))
    parser.delete_first_token()
    return ListTable(parser.compile_filter(label), content)


def _way_out(context: Context, label: str, content: SafeString) -> SafeString:
    """Where a table is taken away, for who has signed in; handed over where it is asked for."""
    request = context.get("request")
    if request is None or not getattr(getattr(request, "user", None), "is_authenticated", False):
        return SafeString("")
    asked = taking.wanted(request)
    if asked and asked.table == taking.name_of(label):
        taking.hand_over(request, label, content, context.get("unit"))
    ways = taking.addresses(request, label)
    shown = get_template("ui/parts/way_out.html").render({"label": label, "ways": ways})
    return mark_safe(shown)  # noqa: S308 -- escaped there
