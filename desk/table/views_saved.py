"""Saving the filters of the table under a name, and deleting a saved view."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import SignedInRequest, actor_of, allow
from accounts.choices import STAFF_ROLES
from cases import saved
from cases.evidence import MoveRefused
from cases.forms.search import CaseSearchForm
from cases.models import SavedView
from ledger import idempotency


@allow(*STAFF_ROLES)
@require_POST
def case_view_save(request: SignedInRequest) -> HttpResponse:
    """Keeps the filters that the form carries; only known ones are kept."""
    at, by = timezone.now(), actor_of(request)
    form = CaseSearchForm(QueryDict(request.POST.get("query", "")), user=request.user, at=at)
    query = form.query() if form.is_valid() else ""
    back = f"{reverse('case_list')}?{query or 'clear'}"
    with transaction.atomic():
        press = idempotency.first_time(request.POST.get(idempotency.FIELD, ""), by=by, at=at)
        if press.is_repeat:
            return redirect(press.answer)
        try:
            is_default = request.POST.get("is_default") == "1"
            name = request.POST.get("name", "")
            view = saved.save(request.user, name=name, query=query, is_default=is_default, by=by, at=at)
        except MoveRefused as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Saved as “%(name)s”.") % {"name": view.name})
        press.settle(back)
    return redirect(back)


@allow(*STAFF_ROLES)
@require_POST
def case_view_delete(request: SignedInRequest) -> HttpResponse:
    """Deletes the person's own view of this name."""
    view = SavedView.objects.filter(user=request.user, name=request.POST.get("name", "")[:40]).first()
    if view is None:
        raise Http404
    saved.delete(view, by=actor_of(request), at=timezone.now())
    messages.success(request, _("“%(name)s” is deleted.") % {"name": view.name})
    return redirect("case_list")
