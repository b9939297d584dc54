"""Addresses of the case page. A reference may be written in any case and punctuation."""

from django.urls import path, re_path

from desk.case_page.views import acts, damage, detail, edit, files, moves, notices

CASE = "cases/<str:reference>/"

urlpatterns = [
    path(CASE, detail.case_detail, name="case_detail"),
    path(f"{CASE}moves/<slug:name>/", moves.case_move, name="case_move"),
    path(f"{CASE}edit/", edit.case_edit, name="case_edit"),
    path(f"{CASE}messages/", acts.case_message, name="case_messages"),
    path(f"{CASE}calls/", acts.case_act, {"name": "calls"}, name="case_calls"),
    path(f"{CASE}dates/", acts.case_act, {"name": "dates"}, name="case_dates"),
    path(f"{CASE}hold/", acts.case_act, {"name": "hold"}, name="case_hold"),
    path(f"{CASE}resume/", acts.case_act, {"name": "resume"}, name="case_resume"),
    path(f"{CASE}escalation/", acts.case_act, {"name": "escalation"}, name="case_escalation"),
    path(f"{CASE}safe/", acts.case_act, {"name": "safe"}, name="case_safe"),
    path(f"{CASE}photo-link/", acts.case_act, {"name": "photo-link"}, name="case_photo_link"),
    path(f"{CASE}contractor/", acts.case_act, {"name": "contractor"}, name="case_contractor"),
    path(f"{CASE}damage/", damage.case_damage, name="case_damage"),
    path(f"{CASE}work-orders/add/", acts.case_act, {"name": "order-add"}, name="case_order_add"),
    path(f"{CASE}work-orders/cancel/", acts.case_act, {"name": "order-cancel"}, name="case_order_cancel"),
    path(f"{CASE}work-orders/back/", acts.case_act, {"name": "order-back"}, name="case_order_back"),
    path(f"{CASE}work-orders/chase/", acts.case_act, {"name": "order-chase"}, name="case_order_chase"),
    path(f"{CASE}work-orders/dispute/", acts.case_act, {"name": "order-dispute"}, name="case_order_dispute"),
    path(f"{CASE}files/", files.case_files, name="case_files"),
    path(f"{CASE}files/<uuid:public_id>/visibility/", files.file_visibility, name="file_visibility"),
    path(f"{CASE}replies/read/", detail.case_read, name="case_read"),
    path(f"{CASE}notices/<int:notice_id>/done/", notices.notice_done, name="notice_done"),
    path(f"{CASE}notices/<int:notice_id>/retry/", notices.notice_retry, name="notice_retry"),
    re_path(r"^cases/(?P<letters>[A-Za-z]{2,5})/(?P<digits>[0-9]{1,9})/$", detail.case_respelt),
]
