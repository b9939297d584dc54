"""Addresses of the company's pages: each page of a list stands behind two doors, the account and the list's link."""

from collections.abc import Callable

from django.urls import URLPattern, path

from portal.contractor.doors import View, by_account, by_link
from portal.contractor.views import acts, files, lists, overview, papers, sheets

BEHIND_BOTH: list[tuple[str, Callable[..., object], str]] = [
    ("", lists.job_list_detail, "job_list_detail"),
    ("accept/", lists.list_accept, "list_accept"),
    ("receipt/", lists.list_receipt, "list_receipt"),
    ("opened/", lists.list_opened, "list_opened"),
    ("date/", acts.list_date, "list_date"),
    ("sheet/", sheets.list_sheet, "list_sheet"),
    ("sheet/file/", sheets.list_sheet_file, "list_sheet_file"),
    ("sheet/apply/", sheets.list_sheet_apply, "list_sheet_apply"),
    ("paper/", papers.list_paper, "list_paper"),
    ("paper/file/", papers.list_paper_file, "list_paper_file"),
    ("upload/", files.list_upload, "list_upload"),
    ("videos/", files.list_video, "list_video"),
    ("videos/<uuid:public_id>/", files.list_video_piece, "list_video_piece"),
    ("kept/<uuid:public_id>/", files.list_kept, "list_kept"),
    ("pictures/<uuid:public_id>/<slug:size>/", files.list_picture, "list_picture"),
    ("<slug:order>/<slug:act>/", acts.order_act, "order_act"),
]


def behind_both() -> list[URLPattern]:
    """Each page twice; the link's name is `link_` and the page's."""
    found: list[URLPattern] = []
    for end, view, name in BEHIND_BOTH:
        page: View = view  # type: ignore[assignment]
        found.append(path(f"jobs/lists/<slug:reference>/{end}", by_account(page), name=name))
        found.append(path(f"jobs/link/<token>/{end}", by_link(page), name=f"link_{name}"))
    return found


urlpatterns = [path("jobs/", overview.job_list, name="job_list"), *behind_both()]
