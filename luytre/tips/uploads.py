"""Files of the page without scripts stay in memory: none touches a disk before it is sealed."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

LARGEST = 20 * 1024 * 1024  # of all files of one post together
TEXT = 256 * 1024  # what the fields and the form around them take


class TooMuch(Exception):
    """More than this page takes at once."""


class MemoryOnly(FileUploadHandler):
    """In place of Django's own, which writes what is large into the temporary folder."""

    chunk_size = 256 * 1024

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        if content_length > LARGEST + TEXT:
            raise TooMuch
        self.taken = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.taken += len(raw_data)
        if self.taken > LARGEST:
            raise TooMuch
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )


def keep_in_memory(request: HttpRequest) -> None:
    """Before anything reads the post."""
    request.upload_handlers = [MemoryOnly(request)]
