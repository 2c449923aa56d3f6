"""Numbers that stand in a report and are no figure of its unit: aims, norms, changes, parts, others."""

from collections.abc import Sequence

from nennep.statements.rules.numbers import AT_LEAST
from nennep.statements.rules.places import Place
from nennep.statements.rules.plain import pattern
from nennep.statements.rules.sentences import sections
from nennep.statements.rules.spans import Places, Span
from nennep.statements.rules.vocabulary import Vocabulary

# “tăng 4,2%”: by how much something changed; “tăng từ 85% lên”: how much it was. Neither is how much it is.
CHANGED_BY = pattern(
    r"(?:(?:tăng|giảm|vượt)(?: thêm| được| bình quân)?|(?:tăng|giảm)(?: thêm)? [\d.]+ (?:\w+ ){1,3}(?:và|,))\s*$"
)
CHANGED_FROM = pattern(r"(?:tăng|giảm|nâng)[^;.\d]{0,40} từ\s*$")
FROM = pattern(r"\btừ\s*$")
AND_UP = pattern(
    r"^(?:\s*\([^)]*\)|\s*(?:hồi |vào |của |trong )?(?:quý \w+/|tháng \d+/)?(?:năm )?\d{4})?"
    r"\s*(?:(?!trở)\w+\s+){0,2}(?:lên|xuống)\b"
)
AND_MORE = pattern(r"^[^;.,\d]{0,30} trở (?:lên|xuống)")


def _is_a_change(place: Place) -> bool:
    """“tăng 3%” and “vượt 2%”; not so “tặng 13 tập thể”, and “vượt 90%” is a bound."""
    found = CHANGED_BY.search(place.so_far)
    written = place.text[place.clause.start : place.number.span.start].rstrip().lower()
    return found is not None and place.number.bound != AT_LEAST and not written.endswith("tặng")


class Asides:
    """What one text tells beside the figures of its unit."""

    def __init__(self, text: str, folded: str, words: Vocabulary, others: Sequence[Span]) -> None:
        """`others` are the places where the text speaks of an organisation that is not its own."""
        self._folded, self._words, self._others = folded, words, Places(others)
        self._aimed = Places(sections(text, folded, words.aims_heading))

    def hold(self, place: Place) -> bool:
        number, before, words = place.number, place.so_far, self._words
        is_condition = not number.is_percent and FROM.search(before) and AND_MORE.match(place.rest)
        return bool(
            _is_a_change(place)
            or CHANGED_FROM.search(before)
            or (FROM.search(before) and AND_UP.match(place.rest))
            or is_condition
            or words.earlier.search(before)
            or words.others.search(before)
            or self._is_of_a_part(place)
            or self.are_aimed_at(number.span, place.clause, place.sentence)
            or self._is_of_another(place)
            or place.is_told_beside
        )

    def _is_of_another(self, place: Place) -> bool:
        """“Tại huyện Trung Giã, …; …”: the whole sentence, unless it comes back to the whole."""
        start = place.number.span.start
        named = [other for other in self._others.within(place.sentence) if other.end <= start]
        if not named:
            return False
        since = self._folded[named[-1].end : start]
        return place.clause.start <= named[-1].start or not self._words.whole.search(since)

    def are_aimed_at(self, span: Span, clause: Span, sentence: Span) -> bool:
        """What stands below “II. PHƯƠNG HƯỚNG”, behind “Chỉ tiêu năm 2024: …” or “quy định yêu cầu”."""
        if self._aimed.holding(span):
            return True
        folded, words = self._folded, self._words
        if words.aims.search(folded[clause.start : span.start]):
            return True
        colon = folded.find(":", sentence.start, span.start)
        return bool(
            (colon > 0 and words.aims_lead.search(folded, sentence.start, colon))
            or words.norms.search(folded[sentence.start : span.start])
        )

    def _is_of_a_part(self, place: Place) -> bool:
        """One cell, one committee below, or the cells and members of one kind."""
        words, before = self._words, place.so_far
        if words.parts.search(before) or words.group_after.match(place.own):
            return True
        return not place.begins_an_item and bool(words.group_before.search(before))
