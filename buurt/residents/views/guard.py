"""Pages for residents only: visitors go to the door and come back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from buurt.residents.access import resident_of

View = Callable[..., HttpResponse]


def resident_required(view: View) -> View:
    """Let residents in; send visitors to the door with the way back. Nothing of it is kept by a browser's cache."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if resident_of(request.user) is None:
            back = request.get_full_path() if request.method in {"GET", "HEAD"} else request.path
            return redirect_to_login(back)
        return view(request, *args, **kwargs)

    return guarded
