"""What an account keeps, and what it shows."""

import pytest
from django.db import IntegrityError, connection

from accounts.models import Account
from tests import makers


def test_id_number_and_phone_are_nowhere_in_clear(db):
    number = makers.number_of()
    makers.make_account(number=number, phone="13912345678")
    with connection.cursor() as cursor:
        cursor.execute("SELECT account::text FROM accounts_account account")
        text = cursor.fetchone()[0]
    assert number not in text
    assert number.encode().hex() not in text
    assert "13912345678" not in text


def test_what_went_in_comes_out(db):
    number = makers.number_of()
    account = Account.objects.get(pk=makers.make_account(number=number, phone="13912345678").pk)
    assert (account.id_number, account.phone) == (number, "13912345678")
    assert (account.masked_id, account.masked_phone) == (f"659***********{number[-4:]}", "139****5678")


def test_the_tail_is_masked_while_it_is_the_password(db):
    account = makers.make_account(password=None)
    assert account.masked_id == "659***************"


def test_one_account_per_number(db):
    number = makers.number_of()
    makers.make_account(number=number)
    with pytest.raises(IntegrityError, match="account_id_unique"):
        makers.make_account(number=number)


def test_an_account_is_found_by_its_exact_number(db):
    account = makers.make_account()
    assert Account.objects.with_number(account.id_number).get() == account
    assert not Account.objects.with_number(account.id_number[:-1]).exists()


@pytest.mark.parametrize(("state", "password"), [("set", ""), ("initial", "argon2$x"), ("none", "argon2$x")])
def test_the_database_ties_state_and_password(db, state, password):
    account = makers.make_account()
    with pytest.raises(IntegrityError, match="account_password_matches_state"):
        Account.objects.filter(pk=account.pk).update(sign_in_state=state, password=password)


def test_a_phone_may_belong_to_several(db):
    assert {makers.make_account(phone="13912345678").phone for _ in range(2)} == {"13912345678"}
