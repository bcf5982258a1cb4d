"""The ask as somebody fills it in, screen by screen."""

from urllib.parse import parse_qs, urlsplit

from django.test import Client
from django.urls import reverse

LIFT = "Kan iemand mij donderdag naar het ziekenhuis rijden?"
DANGER = "Mijn man slaat mij en ik durf niet naar huis. Wie heeft een bed?"
PLAN = {
    "category": "transport",
    "timing": "soon",
    "on_behalf_of": "self",
    "places": "1",
    "visibility": "public",
    "reach": "town",
}


def key_in(address: str) -> str:
    """Return the key of the sheet in the address of a screen."""
    return parse_qs(urlsplit(address).query)["k"][0]


def write_words(client: Client, text: str = LIFT, *, screen: str = "posts:ask", **more: str) -> str:
    """Fill in the first screen and return the address of the second."""
    response = client.post(reverse(screen), {"text": text, **more})
    assert response.status_code == 302, "the first screen was refused"
    return str(response["Location"])


def write_plan(client: Client, address: str, **more: str) -> str:
    """Fill in the second screen and return the address of the third."""
    response = client.post(urlsplit(address).path, {**PLAN, "k": key_in(address), **more})
    assert response.status_code == 302, "the second screen was refused"
    return str(response["Location"])


def ready_sheet(client: Client, text: str = LIFT, **plan: str) -> str:
    """Fill in both screens and return the address of the third."""
    return write_plan(client, write_words(client, text), **plan)


def send(client: Client, address: str) -> str:
    """Press the one button and return where it leads."""
    response = client.post(urlsplit(address).path, {"k": key_in(address)})
    assert response.status_code == 302, "the third screen did not go on"
    return str(response["Location"])


def shown(client: Client, address: str) -> str:
    """Return the page at this address as its reader gets it."""
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return str(response.content.decode())
