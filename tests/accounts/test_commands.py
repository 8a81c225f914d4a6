"""What is done from the machine's command line."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from luytre.accounts import sample
from luytre.accounts.models import User
from luytre.accounts.roles import Role
from tests.factories import administrator, nation, province, user

pytestmark = pytest.mark.django_db


def test_an_auditor_is_made_and_released(capsys):
    nation()
    call_command("create_auditor", "kiem.toan", "Đoàn kiểm toán độc lập")
    person = User.objects.get(username="kiem.toan")
    assert person.is_auditor(on=timezone.localdate())
    assert "-" in capsys.readouterr().out
    call_command("release_auditor", "kiem.toan")
    assert not person.is_auditor(on=timezone.localdate())


def test_a_name_that_is_taken_is_refused():
    nation()
    user(username="kiem.toan")
    with pytest.raises(CommandError):
        call_command("create_auditor", "kiem.toan", "Ai đó")


def test_only_an_auditor_is_released():
    administrator(username="quan.tri")
    with pytest.raises(CommandError):
        call_command("release_auditor", "quan.tri")


def test_sample_accounts_are_told_only_where_there_is_a_sample(capsys):
    user(Role.PROVINCE_DESK, area=province(), username="tinh")
    call_command("sample_accounts")
    assert sample.PASSWORD not in capsys.readouterr().out
    province("99", "Tỉnh mẫu", is_sample=True)
    call_command("sample_accounts")
    told = capsys.readouterr().out
    assert sample.PASSWORD in told
    assert "tinh" in told
