"""App configuration of matching."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Whom to ask, when and how many."""

    name = "matching"
    label = "matching"

    def ready(self) -> None:
        """Register what matching adds to lower rooms: readers of quiet asks, panels, lines, letters, personal data."""
        from buurt.residents.registry import register_personal_data, register_retention
        from matching import access, letters, panels, personal, place_letters, story
        from posts.access import register_reader
        from posts.panels import register_panel
        from posts.timeline import register_lines

        register_reader(access.was_invited)
        register_panel("actions", panels.answer_panel, order=10)
        register_panel("status", panels.meeting_panel, order=20)
        register_lines(story.search_lines)
        letters.register()
        place_letters.register()
        register_personal_data("matching", personal.DATA)
        register_personal_data("helper_factor", personal.FACTOR)
        register_retention("invitations", personal.forget)
