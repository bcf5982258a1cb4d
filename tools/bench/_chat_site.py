"""The site as it is served, for a benchmark: only the limits that stop one person from writing so fast are lifted."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from config.asgi import application

from chat import consumers, pace  # isort: skip

pace.MESSAGES_A_MINUTE = 10**9
consumers.FRAMES_PER_WINDOW = 10**9

__all__ = ["application"]
