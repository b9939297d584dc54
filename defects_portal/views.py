"""Pages that belong to no room: the way home, the choice of colours and of the language."""

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from accounts.access import public, to_sign_in
from accounts.choices import Role
from defects_portal.theme import remember

START_PAGES = {
    Role.OFFICER.value: "/my-day/",
    Role.MANAGER.value: "/dashboard/",
    Role.ADMINISTRATOR.value: "/settings/",
    Role.HOMEOWNER.value: "/portal/",
    Role.CONTRACTOR.value: "/jobs/",
}


@public(reason="only sends each role to its own start page, and an unknown visitor to the sign-in page")
def home(request: HttpRequest) -> HttpResponseBase:
    """To the page this person works on."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    return HttpResponseRedirect(START_PAGES.get(request.user.role, "/account/"))


@public(reason="a browser's choice of colours, kept in a cookie")
@require_POST
def theme_choose(request: HttpRequest) -> HttpResponseBase:
    """Light, dark or as the system says."""
    return remember(request, request.POST.get("theme", ""))


language_choose = public(reason="a browser's choice of language, kept in a cookie")(require_POST(set_language))
