"""The log: not so low that words get in, and not lower than whoever starts the server wants it."""

import logging

import pytest

from config.parts import logging_at


@pytest.mark.parametrize(
    ("wanted", "level"),
    [(logging.WARNING, logging.WARNING), (logging.DEBUG, logging.INFO), (logging.NOTSET, logging.INFO)],
)
def test_log_level_of_uvicorn_is_kept_and_never_debug(wanted: int, level: int) -> None:
    """uvicorn sets the level of its --log-level before it loads the application, and so the settings."""
    logger = logging.getLogger("uvicorn.error")
    before = logger.level
    logger.setLevel(wanted)
    try:
        loggers = logging_at("DEBUG")["loggers"]
    finally:
        logger.setLevel(before)

    assert loggers["uvicorn.error"] == {"level": level}
