"""Template words; being written."""

from django import template

register = template.Library()
