import pytest

from nennep.core.sealed_texts import Unreadable, blind, seal, unseal


def test_what_is_sealed_opens_again_for_its_own_row():
    sealed = seal("012345678", purpose="card", row=7)

    assert unseal(sealed, purpose="card", row=7) == "012345678"
    assert "012345678" not in sealed


def test_the_same_text_sealed_twice_looks_different_and_has_one_fingerprint():
    assert seal("01", purpose="card", row=7) != seal("01", purpose="card", row=7)
    assert blind("01", purpose="card") == blind("01", purpose="card")
    assert blind("01", purpose="card") != blind("02", purpose="card")
    assert blind("01", purpose="card") != blind("01", purpose="phone")


@pytest.mark.parametrize("elsewhere", [{"purpose": "card", "row": 8}, {"purpose": "x", "row": 7}])
def test_it_does_not_open_for_another_row_or_purpose(elsewhere):
    with pytest.raises(Unreadable):
        unseal(seal("012345678", purpose="card", row=7), **elsewhere)


def test_it_does_not_open_with_another_key(settings):
    sealed = seal("012345678", purpose="card", row=7)
    mark = blind("012345678", purpose="card")
    settings.SECRET_KEY = "another"

    with pytest.raises(Unreadable):
        unseal(sealed, purpose="card", row=7)
    assert blind("012345678", purpose="card") != mark


@pytest.mark.parametrize("damaged", ["", "1:", "1:khong phai", "012345678", "1:AAAA"])
def test_what_was_damaged_is_unreadable_and_never_an_accident(damaged):
    with pytest.raises(Unreadable):
        unseal(damaged, purpose="card", row=7)


def test_one_changed_letter_is_noticed():
    sealed = seal("012345678", purpose="card", row=7)
    changed = sealed[:-5] + ("A" if sealed[-5] != "A" else "B") + sealed[-4:]

    with pytest.raises(Unreadable):
        unseal(changed, purpose="card", row=7)
