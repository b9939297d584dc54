"""Addresses of signing."""

from django.urls import path

from portal.signing import views, views_link

urlpatterns = [
    path("portal/sign/", views.portal_sign, name="portal_sign"),
    path("portal/sign/link/<token>/", views_link.sign_link, name="sign_link"),
    path("portal/sign/link/<token>/<uuid:public_id>/<slug:size>/", views_link.sign_picture, name="sign_picture"),
    path("portal/sign-offs/<str:reference>/", views.portal_sign_off, name="portal_sign_off"),
    path("portal/sign-offs/<str:reference>/pdf/", views.portal_sign_off_pdf, name="portal_sign_off_pdf"),
    path("portal/sign-offs/<str:reference>/signature/", views.portal_signature, name="portal_signature"),
]
