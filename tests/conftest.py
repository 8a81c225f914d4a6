"""What every test stands on: no network but this machine's, and one way of looking for counter-examples."""

import os

import hypothesis
import pytest
from django.conf import settings
from django.utils import translation
from pytest_socket import socket_allow_hosts

hypothesis.settings.register_profile("usual", deadline=None, max_examples=25, derandomize=True)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=500)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


@pytest.hookimpl(trylast=True)
def pytest_runtest_setup() -> None:
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def vietnamese() -> None:
    """A page in English that an earlier test asked for does not linger."""
    translation.activate(settings.LANGUAGE_CODE)
