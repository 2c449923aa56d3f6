from hypothesis import given
from hypothesis import strategies as st

from nennep.core.archive.kinds import escaped, unescaped

AWKWARD = st.text(st.sampled_from("a\\\t\n\r\b\f\vNx ệ\x7f"), max_size=12)


@given(AWKWARD)
def test_what_is_escaped_reads_back_as_it_was(text):
    line = escaped(text)

    assert not set("\t\n\r") & set(line)
    assert unescaped(line) == text
