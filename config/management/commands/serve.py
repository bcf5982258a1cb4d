"""Serve the site in one process: migrate, load the places (and the demo), then run until Ctrl-C."""

import argparse
import os
from pathlib import Path
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from buurt.communities.models import Community, Postcode


class Command(BaseCommand):
    """`manage.py serve`: the embedded default in one command."""

    help = "Migreert, laadt plaatsen (en in demo de demobuurt) en start de server."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take a port and a host."""
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *args: Any, **options: Any) -> None:
        """Get everything ready, say where to look, serve."""
        self.check()  # refuses to serve what would lose or leak
        call_command("migrate", verbosity=0, interactive=False)
        if not Postcode.objects.exists():
            call_command("import_postcodes")
        if settings.IS_DEMO and not Community.objects.exists():
            call_command("demo")
        # WhiteNoise warns about a missing folder; the demo serves static files from their sources.
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        self._say_where(options["host"], options["port"])
        uvicorn.run(
            "config.asgi:application",
            host=options["host"],
            port=options["port"],
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            ws_max_size=16_384,
            lifespan="on",
            log_level="warning",
            timeout_graceful_shutdown=3,
        )

    def _say_where(self, host: str, port: int) -> None:
        base = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}"
        lines = [f"Buurt draait op {base}/  (stop met Ctrl-C)"]
        if settings.IS_DEMO:
            lines += [f"  Inloggen als Anna, Bilal, Fatma of Dirk: {base}/demo", f"  Verstuurde mail: {base}/demo/mail"]
        self.stdout.write("\n".join(lines))
