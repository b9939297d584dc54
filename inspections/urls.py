"""Addresses of visits."""

from django.urls import path

from inspections import views, views_booking, views_feed, views_list

urlpatterns = [
    path("inspections/", views_list.visit_list, name="visit_list"),
    path("inspections/book/", views_booking.visit_book, name="visit_book"),
    path("inspections/offer/", views_booking.visit_offer, name="visit_offer"),
    path("inspections/feed/", views_feed.feed_page, name="feed_page"),
    path("inspections/feed/<token>.ics", views_feed.feed, name="feed"),
    path("inspections/export/", views_list.visit_export, name="visit_export"),
    path("inspections/export/<slug:way>/", views_list.visit_export, name="visit_export_as"),
    path("inspections/calendar/", views_list.visit_calendar, name="visit_calendar"),
    path("inspections/<reference>/", views.visit_detail, name="visit_detail"),
    path("inspections/<reference>/offer/", views_booking.visit_offer_again, name="visit_offer_again"),
    path("inspections/<reference>/withdraw/", views.visit_withdraw, name="visit_withdraw"),
    path("inspections/<reference>/change/", views.visit_change, name="visit_change"),
    path("inspections/<reference>/cancel/", views.visit_cancel, name="visit_cancel"),
    path("inspections/<reference>/done/", views.visit_done, name="visit_done"),
    path("inspections/<reference>/nobody-home/", views.visit_nobody_home, name="visit_nobody_home"),
    path("inspections/<reference>/nobody-came/", views.visit_nobody_came, name="visit_nobody_came"),
    path("inspections/<reference>/correct/", views.visit_correct, name="visit_correct"),
]
