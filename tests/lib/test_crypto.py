"""Ciphers open only where they belong, and indexes stand for their value."""

import hashlib
import hmac

import pytest

from zhtj.lib import crypto

KEY_1, KEY_2 = b"1" * 32, b"2" * 32


def test_a_cipher_opens_in_its_own_column_and_row():
    blob = crypto.encrypt("659099200607273708", field="id_number", bound=b"row")
    assert crypto.decrypt(blob, field="id_number", bound=b"row") == "659099200607273708"


@pytest.mark.parametrize(("field", "bound"), [("phone", b"row"), ("id_number", b"other")])
def test_a_cipher_moved_elsewhere_does_not_open(field, bound):
    blob = crypto.encrypt("659099200607273708", field="id_number", bound=b"row")
    with pytest.raises(crypto.Undecipherable):
        crypto.decrypt(blob, field=field, bound=bound)


def test_the_same_text_twice_gives_two_ciphers():
    assert crypto.encrypt("a", field="f", bound=b"") != crypto.encrypt("a", field="f", bound=b"")


def test_old_rows_still_read_after_a_new_key_was_put_in_front(settings):
    settings.FIELD_KEYS = {"k1": KEY_1}
    old = crypto.encrypt("13800000001", field="phone", bound=b"")
    settings.FIELD_KEYS = {"k2": KEY_2, "k1": KEY_1}
    new = crypto.encrypt("13800000001", field="phone", bound=b"")
    assert [crypto.decrypt(blob, field="phone", bound=b"") for blob in (old, new)] == ["13800000001"] * 2
    assert (old[1:3], new[1:3]) == (b"k1", b"k2")


def test_a_cipher_of_a_key_that_is_gone_says_so(settings):
    settings.FIELD_KEYS = {"k1": KEY_1}
    blob = crypto.encrypt("a", field="f", bound=b"")
    settings.FIELD_KEYS = {"k2": KEY_2}
    with pytest.raises(crypto.Undecipherable):
        crypto.decrypt(blob, field="f", bound=b"")


@pytest.mark.parametrize("size", [1, 32, 64, 65, 200])
def test_an_index_is_the_beginning_of_an_hmac_with_a_key_of_any_length(settings, size):
    settings.INDEX_KEY = bytes(range(size))
    whole = hmac.new(settings.INDEX_KEY, b"id_number\0" + b"659099200607273708", hashlib.sha256).digest()
    assert crypto.blind_index("659099200607273708", field="id_number") == whole[: crypto.INDEX_BYTES]


def test_the_index_is_sixteen_bytes_and_depends_on_value_and_field():
    index = crypto.blind_index("1", field="id_number")
    assert len(index) == 16
    assert index == crypto.blind_index("1", field="id_number")
    assert (
        len({index, crypto.blind_index("2", field="id_number"), crypto.blind_index("1", field="phone")}) == 3
    )


def test_a_sealed_payload_comes_back_for_its_purpose_only():
    token = crypto.seal({"code": "A7kQ2mXz"}, purpose="register")
    assert crypto.unseal(token, purpose="register", max_age=60) == {"code": "A7kQ2mXz"}
    assert crypto.unseal(token, purpose="resume", max_age=60) is None
    assert "A7kQ2mXz" not in token


def test_a_sealed_payload_ends_with_its_time():
    token = crypto.seal({}, purpose="register")
    assert crypto.unseal(token, purpose="register", max_age=-1) is None


@pytest.mark.parametrize("token", ["", "垃圾", "AAAA", "a" * 300])
def test_a_forged_token_is_nothing(token):
    assert crypto.unseal(token, purpose="register", max_age=60) is None
