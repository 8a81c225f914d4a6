"""What every test stands on: no network but this machine's, and one way of looking for counter-examples."""

import os
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.utils import translation
from pytest_socket import socket_allow_hosts
from xdist.scheduler import LoadFileScheduling

hypothesis.settings.register_profile("usual", deadline=None, max_examples=25, derandomize=True)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=500)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


TOGETHER = ("tests/activities/lived_in",)


class FilesAndFolders(LoadFileScheduling):
    """Each file stays in one worker, and so does each folder whose tests share what is long to load."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return next((folder for folder in TOGETHER if file.startswith(f"{folder}/")), file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesAndFolders:
    return FilesAndFolders(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests first: no worker is left with a long one when the other has nothing more to do."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.hookimpl(trylast=True)
def pytest_runtest_setup() -> None:
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def vietnamese() -> None:
    """A page in English that an earlier test asked for does not linger."""
    translation.activate(settings.LANGUAGE_CODE)
