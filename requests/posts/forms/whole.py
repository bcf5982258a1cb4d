"""Everything of a post on one page, to change it later."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from posts.drafts import PostDraft
from posts.forms.plan import PlanForm, plan_initial
from posts.forms.words import LONGEST_TEXT, LONGEST_TITLE, OwnWordsField
from posts.models import Post


class WholePostForm(PlanForm):
    """The same fields as the three screens, with the title."""

    title = OwnWordsField(longest=LONGEST_TITLE, widget=forms.TextInput(attrs={"dir": "auto"}))
    text = OwnWordsField(longest=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}))

    field_order = ("title", "text", "category")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        asks = self.kind == Post.Kind.ASK
        self.fields["title"].label = _("Titel")
        self.fields["title"].error_messages["required"] = _("Schrijf een korte titel.")
        self.fields["text"].label = _("Je vraag") if asks else _("Je aanbod")
        self.fields["text"].error_messages["required"] = _("Schrijf in een paar woorden waar het om gaat.")

    def changes(self) -> dict[str, Any]:
        """Return the fields of the draft as they were filled in, the title on one line."""
        title = " ".join(str(self.cleaned_data["title"]).split())
        return {**super().changes(), "title": title, "text": self.cleaned_data["text"]}


def whole_initial(draft: PostDraft) -> dict[str, Any]:
    """Return what the form starts with: the post as it is now."""
    return {**plan_initial(draft), "title": draft.title, "text": draft.text}
