"""Addresses behind the links of mails."""

from django.urls import path

from portal.actions import views, views_photos

urlpatterns = [
    path("portal/act/<token>/", views.action_link, name="action_link"),
    path("portal/act/<token>/<uuid:public_id>/<slug:size>/", views.action_picture, name="action_picture"),
    path("portal/tenant/<token>/", views.tenant_link, name="tenant_link"),
    path("portal/photos/<token>/", views_photos.photo_link, name="photo_link"),
    path("portal/photos/<token>/upload/", views_photos.photo_link_upload, name="photo_link_upload"),
    path("portal/photos/<token>/drop/", views_photos.photo_link_drop, name="photo_link_drop"),
    path("portal/photos/<token>/videos/", views_photos.photo_link_video, name="photo_link_video"),
    path(
        "portal/photos/<token>/videos/<uuid:public_id>/",
        views_photos.photo_link_video_piece,
        name="photo_link_video_piece",
    ),
    path("portal/photos/<token>/<uuid:public_id>/", views_photos.photo_link_thumb, name="photo_link_thumb"),
]
