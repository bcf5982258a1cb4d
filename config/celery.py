"""The Celery application: production's workers and clock, over the same tasks as the embedded default."""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("buurt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {name: {"task": name, "schedule": seconds} for name, seconds in settings.SCHEDULE.items()}
