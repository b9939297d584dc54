"""Addresses of visits."""

from django.urls import include, path

from inspections.views import booking, feed, lists, visit

urlpatterns = [
    path("", include("inspections.onsite.urls")),
    path("inspections/", lists.visit_list, name="visit_list"),
    path("inspections/book/", booking.visit_book, name="visit_book"),
    path("inspections/offer/", booking.visit_offer, name="visit_offer"),
    path("inspections/feed/", feed.feed_page, name="feed_page"),
    path("inspections/feed/<token>.ics", feed.feed, name="feed"),
    path("inspections/export/", lists.visit_export, name="visit_export"),
    path("inspections/export/<slug:way>/", lists.visit_export, name="visit_export_as"),
    path("inspections/calendar/", lists.visit_calendar, name="visit_calendar"),
    path("inspections/<reference>/", visit.visit_detail, name="visit_detail"),
    path("inspections/<reference>/offer/", booking.visit_offer_again, name="visit_offer_again"),
    path("inspections/<reference>/withdraw/", visit.visit_withdraw, name="visit_withdraw"),
    path("inspections/<reference>/change/", visit.visit_change, name="visit_change"),
    path("inspections/<reference>/cancel/", visit.visit_cancel, name="visit_cancel"),
    path("inspections/<reference>/done/", visit.visit_done, name="visit_done"),
    path("inspections/<reference>/nobody-home/", visit.visit_nobody_home, name="visit_nobody_home"),
    path("inspections/<reference>/nobody-came/", visit.visit_nobody_came, name="visit_nobody_came"),
    path("inspections/<reference>/correct/", visit.visit_correct, name="visit_correct"),
]
