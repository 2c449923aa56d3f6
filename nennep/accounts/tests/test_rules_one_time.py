import pytest

from nennep.accounts.rules import one_time

# RFC 4226, appendix D: the secret and the first ten codes.
SECRET = b"12345678901234567890"
CODES = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]  # fmt: skip


@pytest.mark.parametrize(("step", "code"), list(enumerate(CODES)))
def test_codes_are_those_of_the_standard(step, code):
    assert one_time.code_at(SECRET, step) == code


# RFC 6238, appendix B: moments and the last six digits of its codes.
@pytest.mark.parametrize(
    ("stamp", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_code_of_a_moment_is_that_of_the_standard(stamp, code):
    assert one_time.matching_step(SECRET, code, stamp, after=0) == stamp // one_time.STEP


@pytest.mark.parametrize(("steps_off", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])  # fmt: skip
def test_a_clock_may_be_half_a_minute_off(steps_off, is_taken):
    now = 1_000_000
    code = one_time.code_at(SECRET, now + steps_off)

    found = one_time.matching_step(SECRET, code, now * one_time.STEP + 10, after=0)

    assert (found == now + steps_off) is is_taken


def test_a_code_and_those_before_it_are_good_once():
    now = 1_000_000
    stamp = now * one_time.STEP

    for used, is_taken in ((now - 1, True), (now, False), (now + 1, False)):
        found = one_time.matching_step(SECRET, one_time.code_at(SECRET, now), stamp, after=used)
        assert (found is not None) is is_taken


def test_the_address_names_the_account_and_carries_the_secret():
    address = one_time.address(SECRET, account="an.nguyen", issuer="Nền Nếp")

    assert address == (
        "otpauth://totp/N%E1%BB%81n%20N%E1%BA%BFp%3Aan.nguyen"
        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=N%E1%BB%81n%20N%E1%BA%BFp"
    )


def test_codes_are_taken_as_people_type_them():
    assert one_time.typed(" 123 456 ") == "123456"
    assert one_time.typed("ABCD-efgh") == "abcdefgh"
    assert one_time.is_one_time("123456")
    assert not one_time.is_one_time("abcdefgh")


def test_recovery_codes_are_ten_and_all_different():
    codes = one_time.new_recovery_codes()

    assert len(set(codes)) == one_time.RECOVERY_CODES == 10
    assert not any(one_time.is_one_time(one_time.typed(code)) for code in codes)
