"""Where mail goes when there is no mail server: a folder, read at /inbox/ under DEBUG."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class FolderBackend(BaseEmailBackend):
    """Keeps each message as one .eml file in `settings.INBOX_DIR`, whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Writes the messages; says how many."""
        for message in email_messages:
            self._write(message.message().as_bytes())
        return len(email_messages)

    def _write(self, content: bytes) -> None:
        folder = Path(settings.INBOX_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f"{timezone.now():%Y%m%d-%H%M%S-%f}-", suffix=".part", dir=folder)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).rename(Path(name).with_suffix(".eml"))
