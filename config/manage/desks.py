"""The counters that the wegwijzers lead to: which a community filled, which are missing, and a file that fills them."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from buurt.organisations.services import Stored, TableError
from buurt.organisations.table import COLUMNS, MAX_BYTES, Problem, WrongTableError
from buurt.residents.models import Role
from buurt.residents.requests import ResidentRequest
from buurt.residents.roles import role_required
from config.manage.asking import community_of, trail
from journeys.desks import import_table
from journeys.filling import fillings_of

# So many wrong lines of a file are named; who mends them sends it again.
MOST_PROBLEMS = 20


class TableForm(forms.Form):
    """A table of counters, as a spreadsheet saves it."""

    use_required_attribute = False
    table = forms.FileField(
        label=gettext_lazy("Bestand met loketten"),
        help_text=gettext_lazy("Een tabel als CSV. Wat er al stond, werken we bij."),
        widget=forms.FileInput(attrs={"accept": ".csv,.yaml,.yml,text/csv"}),
    )
    replace = forms.BooleanField(
        label=gettext_lazy("Haal weg wat niet in het bestand staat"),
        required=False,
    )


@role_required(Role.Name.MANAGER)
@require_http_methods(["GET", "POST"])
def desks(request: ResidentRequest) -> HttpResponse:
    """Show who fills which slot and what a resident meets where nobody does; take a file that fills them."""
    community = community_of(request)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["table"].read(MAX_BYTES + 1)
        try:
            stored = import_table(by=request.user, community=community, data=data, replace=form.cleaned_data["replace"])
        except TableError as error:
            form.add_error("table", [_spoken(problem) for problem in error.problems[:MOST_PROBLEMS]])
        except WrongTableError as error:
            form.add_error("table", str(error))
        else:
            messages.success(request, _said(stored))
            return redirect("manage:desks")
    every = fillings_of(community)
    missing = [each for each in every if each.is_missing]
    context = {
        "town": community,
        "form": form,
        "missing": missing,
        "missing_words": missing_words(len(missing)),
        "filled": [each for each in every if not each.is_missing],
        "columns": ", ".join(COLUMNS),
        "trail": trail(),
    }
    return render(request, "manage/desks.html", context, status=422 if form.errors else 200)


def missing_words(count: int) -> str:
    """Say in a sentence how many counters nobody fills yet."""
    if not count:
        return _("Elk loket is bekend.")
    return ngettext("%(count)s loket is nog niet bekend.", "%(count)s loketten zijn nog niet bekend.", count) % {
        "count": count
    }


def _spoken(problem: Problem) -> str:
    return _("Regel %(line)s: %(reason)s.") % {"line": problem.line, "reason": problem.reason.rstrip(".")}


def _said(stored: Stored) -> str:
    counted = {"new": stored.new, "changed": stored.changed, "gone": stored.gone}
    return _("Bewaard: %(new)s nieuw, %(changed)s veranderd, %(gone)s weggehaald.") % counted
