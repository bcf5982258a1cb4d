"""Listens to all events of posts while a test acts."""

from types import TracebackType
from typing import Any

from django.dispatch import Signal

from posts import events

_SIGNALS = {name: signal for name, signal in vars(events).items() if isinstance(signal, Signal)}


class Heard:
    """Every event of posts that was sent inside the `with`, in order."""

    def __init__(self) -> None:
        self._heard: list[tuple[str, dict[str, Any]]] = []
        self._listeners: dict[str, Any] = {}

    def __enter__(self) -> "Heard":
        for name, signal in _SIGNALS.items():
            listener = self._listener(name)
            self._listeners[name] = listener
            signal.connect(listener, weak=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name, listener in self._listeners.items():
            _SIGNALS[name].disconnect(listener)

    def _listener(self, name: str) -> Any:
        def listen(sender: object, signal: Signal, **facts: Any) -> None:
            self._heard.append((name, facts))

        return listen

    def names(self) -> list[str]:
        """Return the names of what was heard."""
        return [name for name, _ in self._heard]

    def facts(self) -> list[dict[str, Any]]:
        """Return what came along."""
        return [facts for _, facts in self._heard]
