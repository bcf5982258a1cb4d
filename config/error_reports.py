"""What a report of an error tells an administrator by mail, or a page at DEBUG: where it broke, in nobody's words.

Any place of the site may hold what neighbours say to each other, what they typed, or where they live. So a report
names the variables of each place and leaves out what is in them; the same for the fields of a form.
"""

import re
from collections.abc import ItemsView
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter


class NamesOnly(SafeExceptionReporterFilter):
    """Hides every value, at DEBUG too. Settings with an address that may hold a password are hidden as well."""

    hidden_settings = re.compile(f"{SafeExceptionReporterFilter.hidden_settings.pattern}|URL|LOCATION", re.IGNORECASE)

    def is_active(self, request: HttpRequest | None) -> bool:
        """Say yes, always."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """Return the names of the fields of a form."""
        return {} if request is None else dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> ItemsView[str, Any]:
        """Return the names of the variables of a place."""
        return dict.fromkeys(tb_frame.f_locals, self.cleansed_substitute).items()


class Reporter(ExceptionReporter):
    """Django's own, without the piece of text around a sign that could not be written or read."""

    def get_traceback_data(self) -> dict[str, Any]:
        """Return what a report tells."""
        return dict(super().get_traceback_data()) | {"unicode_hint": ""}
