"""Ask or offer in three screens: the own words, when and how, check and send."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from buurt.communities.categories import Category
from buurt.residents.access import resident_of
from buurt.residents.requests import CommunityRequest
from posts import errors, services
from posts.drafts import PostDraft
from posts.forms import PlanForm, TitleForm, WordsForm
from posts.forms.plan import plan_initial
from posts.models import Post
from posts.signposts import signposts_for
from posts.views import preview, sheets
from posts.views.advice import advice_on, guess_category, peek_at
from posts.wording import danger, ground_rules_for, suggest_title

# The three screens of each kind.
STEPS = {
    Post.Kind.ASK: ("posts:ask", "posts:ask_when", "posts:ask_check"),
    Post.Kind.OFFER: ("posts:offer", "posts:offer_when", "posts:offer_check"),
}
# Fields with several answers.
SEVERAL = frozenset({"spoken", "needs"})
DANGER_CHOICES = frozenset({"team", "neighbours"})
page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@page
def what(request: CommunityRequest, kind: str) -> HttpResponse:
    """Screen 1: somebody's own words, and the kind of help if they want to choose it."""
    sheet = sheets.sheet_of(request, kind)
    if request.method != "POST":
        return _show_words(request, kind, _empty_words(request, kind, sheet), unsent=_unsent(request, sheet))
    if "peek" in request.POST:
        return render(request, "posts/_peek.html", peek_at(request.POST.get("text", ""), request.community))
    form = WordsForm(request.POST, kind=kind, community=request.community)
    if not form.is_valid():
        return _show_words(request, kind, form)
    text = form.cleaned_data["text"]
    choice = _danger_choice(request, sheet, text)
    if not choice and (signs := danger(text)):
        return _show_words(request, kind, form, danger=signs)
    named = sheet if sheets.key_of(request) else None
    sheet = _with_words(request, named, kind, form.cleaned_data, choice)
    if sheets.silence_of(request):
        sheet = sheets.with_draft(sheet, {"visibility": Post.Visibility.QUIET})
    sheets.keep_sheet(request, sheet)
    return redirect(sheets.address(STEPS[Post.Kind(kind)][1], sheet))


@never_cache
@page
def when(request: CommunityRequest, kind: str) -> HttpResponse:
    """Screen 2: when, where, for whom, how many, and who may see it."""
    sheet = sheets.sheet_of(request, kind)
    if sheet is None:
        return _lost(request, kind)
    make = partial(PlanForm, kind=kind, community=request.community)
    if request.method != "POST":
        initial = plan_initial(sheet.draft)
        return _show_plan(request, sheet, make(initial=initial if sheet.planned else {**initial, "timing": None}))
    if request.POST.get("act") == "category":
        return _show_plan(request, *_another_category(request, sheet, make))
    form = make(_plan_data(request, sheet))
    if not form.is_valid():
        return _show_plan(request, sheet, form)
    sheet = replace(sheets.with_draft(sheet, form.changes()), planned=True)
    sheets.keep_sheet(request, _quietly(sheet))
    return redirect(sheets.address(STEPS[Post.Kind(kind)][2], sheet))


@never_cache
@page
def check(request: CommunityRequest, kind: str) -> HttpResponse:
    """Screen 3: exactly what others will see, what to expect, and the one button that sends it."""
    sheet = sheets.sheet_of(request, kind)
    if sheet is None:
        return _sent_before(request) or _lost(request, kind)
    if unfinished := _unfinished(sheet):
        return redirect(sheets.address(unfinished, sheet))
    if request.method != "POST":
        return _show_check(request, sheet, TitleForm(initial={"title": sheet.draft.title}))
    if request.POST.get("act") == "title":
        return _another_title(request, sheet)
    return _send(request, sheet)


def _unfinished(sheet: sheets.Sheet) -> str:
    """Return the screen that still misses something: the choice after words of danger, or when and how."""
    first, second, _third = STEPS[Post.Kind(sheet.draft.kind)]
    if danger(sheet.draft.text) and sheet.danger_choice not in DANGER_CHOICES:
        return first
    return "" if sheet.planned else second


def _send(request: CommunityRequest, sheet: sheets.Sheet) -> HttpResponse:
    """Publish what is on the sheet, once; when it is refused the sheet stays, with the reason beside it."""
    first, second, third = STEPS[Post.Kind(sheet.draft.kind)]
    resident = resident_of(request.user)
    if resident is None:
        # By way of what is missing, which leads straight on when nothing is: one press less for who is new.
        return redirect_to_login(_start_address(sheets.address(third, sheet)))
    try:
        post = services.publish_post(by=resident, draft=sheet.draft, form_key=sheet.key)
    except errors.NotReadyError:
        return redirect(_start_address(sheets.address(third, sheet)))
    except errors.PostError as error:
        messages.error(request, str(error))
        mended_on = {
            errors.EmptyPostError: first,
            errors.WrongMomentError: second,
            errors.CategoryOffError: second,
            errors.ImpossibleDraftError: second,
        }
        return redirect(sheets.address(mended_on.get(type(error), third), sheet))
    sheets.drop_sheet(request, sheet.key)
    messages.success(request, _sent_words(post))
    return redirect("posts:status", post.public_id)


def _sent_words(post: Post) -> str:
    if post.state == Post.State.HELD:
        return _("We hebben het. Iemand van het team leest het eerst. Tot die tijd ziet geen buur het.")
    if post.is_ask:
        return _("Je vraag staat erop. Hieronder zie je steeds hoe het ervoor staat.")
    return _("Je aanbod staat erop. Dank je wel!")


def _sent_before(request: CommunityRequest) -> HttpResponse | None:
    """Lead a form that was sent twice to the post it made the first time."""
    resident, key = resident_of(request.user), sheets.key_of(request)
    if resident is None or key is None:
        return None
    post = Post.objects.filter(author=resident, form_key=key).first()
    return redirect("posts:status", post.public_id) if post else None


def _lost(request: CommunityRequest, kind: str) -> HttpResponse:
    messages.warning(
        request,
        _("We hebben je tekst niet meer. Was je lang weg, of had je hem al verstuurd? Schrijf hem anders opnieuw."),
    )
    return redirect(STEPS[Post.Kind(kind)][0])


def _start_address(back: str) -> str:
    return f"{reverse('residents:start')}?{urlencode({'next': back})}"


# -- Screen 1 ------------------------------------------------------------------------------------------------------


def _empty_words(request: CommunityRequest, kind: str, sheet: sheets.Sheet | None) -> WordsForm:
    """Return the form as it opens: what the address brings along, or the sheet it names."""
    given = {"text": request.GET.get("tekst", "")[:4000], "category": request.GET.get("soort", "")}
    if sheet and sheets.key_of(request) == sheet.key:
        given = {"text": sheet.draft.text, "category": "" if sheet.guessed else sheet.draft.category}
    return WordsForm(initial=given, kind=kind, community=request.community)


def _unsent(request: CommunityRequest, sheet: sheets.Sheet | None) -> str:
    """Return the way on with what somebody was busy with, when they open an empty form."""
    if sheet is None or sheets.key_of(request) or "tekst" in request.GET:
        return ""
    _first, second, third = STEPS[Post.Kind(sheet.draft.kind)]
    return sheets.address(third if sheet.planned else second, sheet)


def _danger_choice(request: CommunityRequest, sheet: sheets.Sheet | None, text: str) -> str:
    """Return the second, clear choice after words of danger: in this form, or made before about the same words."""
    chosen = "team" if sheets.silence_of(request) == "team" else request.POST.get("danger_choice", "")
    if chosen in DANGER_CHOICES:
        return chosen
    same = sheet is not None and sheets.key_of(request) == sheet.key and sheet.draft.text == text
    return sheet.danger_choice if sheet and same else ""


def _with_words(
    request: CommunityRequest, sheet: sheets.Sheet | None, kind: str, words: dict[str, Any], choice: str
) -> sheets.Sheet:
    """Return the sheet with these words on it: a new one, or the one that is being filled in."""
    text, category = words["text"], words["category"]
    guessed = not category
    if guessed:
        category = guess_category(text, request.community) or Category.OTHER
    if sheet is None:
        sheet = sheets.new_sheet(PostDraft(kind=kind, category=category, text=text, broker_consent=False))
    own_title = sheet.draft.title not in {"", suggest_title(sheet.draft.text)}
    changes = {"text": text, "category": category}
    if not own_title:
        changes["title"] = suggest_title(text)
    sheet = replace(sheets.with_draft(sheet, changes), guessed=guessed, danger_choice=choice)
    return _quietly(sheet)


def _quietly(sheet: sheets.Sheet) -> sheets.Sheet:
    """Keep an ask with words of danger away from everybody but the team, if that is what the writer chose."""
    if sheet.danger_choice == "team":
        return sheets.with_draft(sheet, {"visibility": Post.Visibility.QUIET, "hold": True, "broker_consent": True})
    return sheets.with_draft(sheet, {"hold": False})


def _show_words(request: CommunityRequest, kind: str, form: WordsForm, **more: Any) -> HttpResponse:
    silence = sheets.silence_of(request)
    context = {"form": form, "nav": "ask", "key": sheets.key_of(request), "silence": silence}
    more = {"no_ask": silence == "team", **_kind_words(kind), **more}
    return render(request, "posts/ask_what.html", {**context, **more})


def _kind_words(kind: str) -> dict[str, Any]:
    first, second, third = STEPS[Post.Kind(kind)]
    return {"kind": kind, "asks": kind == Post.Kind.ASK, "step_1": first, "step_2": second, "step_3": third}


# -- Screen 2 ------------------------------------------------------------------------------------------------------


def _plan_data(request: CommunityRequest, sheet: sheets.Sheet) -> Any:
    """Return what was posted, with the answers the team's way leaves no choice in."""
    if sheet.danger_choice != "team":
        return request.POST
    data = request.POST.copy()
    data.update({"visibility": Post.Visibility.QUIET, "reach": sheet.draft.reach})
    return data


def _another_category(request: CommunityRequest, sheet: sheets.Sheet, make: Any) -> tuple[sheets.Sheet, PlanForm]:
    """Change the kind of help and keep what was filled in, without judging it yet."""
    category = request.POST.get("category", "")
    typed: PlanForm = make()
    initial = {
        name: request.POST.getlist(name) if name in {"spoken", "needs"} else request.POST.get(name)
        for name in typed.fields
    }
    if category in dict(getattr(typed.fields["category"], "choices", [])):
        sheet = replace(sheets.with_draft(sheet, {"category": category}), guessed=False)
        sheets.keep_sheet(request, sheet)
    else:
        messages.error(request, _("Deze soort hulp kennen we niet. Kies er een uit de lijst."))
    return sheet, make(initial={**initial, "category": sheet.draft.category})


def _show_plan(request: CommunityRequest, sheet: sheets.Sheet, form: PlanForm) -> HttpResponse:
    context = {
        "form": form,
        "sheet": sheet,
        "nav": "ask",
        "category": Category(sheet.draft.category),
        "rules": ground_rules_for(
            sheet.draft.category, insurance_text=request.community.insurance_text if request.community else ""
        ),
        "advice": advice_on(sheet.draft.text),
        "signposts": signposts_for(request, sheet.draft.text),
        "with_team": sheet.danger_choice == "team",
        "back": sheets.address(STEPS[Post.Kind(sheet.draft.kind)][0], sheet),
        **_kind_words(sheet.draft.kind),
    }
    return render(request, "posts/ask_when.html", context)


# -- Screen 3 ------------------------------------------------------------------------------------------------------


def _another_title(request: CommunityRequest, sheet: sheets.Sheet) -> HttpResponse:
    form = TitleForm(request.POST)
    if not form.is_valid():
        return _show_check(request, sheet, form)
    sheets.keep_sheet(request, sheets.with_draft(sheet, {"title": form.cleaned_data["title"]}))
    return redirect(sheets.address(STEPS[Post.Kind(sheet.draft.kind)][2], sheet))


def _show_check(request: CommunityRequest, sheet: sheets.Sheet, form: TitleForm) -> HttpResponse:
    resident = resident_of(request.user)
    steps = STEPS[Post.Kind(sheet.draft.kind)]
    context = {
        "title_form": form,
        "sheet": sheet,
        "nav": "ask",
        "resident": resident,
        "with_team": sheet.danger_choice == "team",
        "change_words": sheets.address(steps[0], sheet),
        "back": sheets.address(steps[1], sheet),
        **preview.of_draft(sheet.draft, community=request.community, resident=resident),
        **_kind_words(sheet.draft.kind),
    }
    return render(request, "posts/ask_check.html", context)
