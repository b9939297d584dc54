"""Addresses of defect lists and work orders."""

from django.urls import path

from desk.lists import views, views_chase, views_list

urlpatterns = [
    path("defect-lists/", views.defect_list_list, name="defect_list_list"),
    path("defect-lists/export/", views.defect_list_export, name="defect_list_export"),
    path("defect-lists/export/<slug:way>/", views.defect_list_export, name="defect_list_export_as"),
    path("defect-lists/new/", views_list.defect_list_new, name="defect_list_new"),
    path("defect-lists/<slug:reference>/", views_list.defect_list_detail, name="defect_list_detail"),
    path("defect-lists/<slug:reference>/issue/", views_list.defect_list_issue, name="defect_list_issue"),
    path("defect-lists/<slug:reference>/release/", views_list.defect_list_release, name="defect_list_release"),
    path("defect-lists/<slug:reference>/remark/", views_list.defect_list_remark, name="defect_list_remark"),
    path("defect-lists/<slug:reference>/pdf/", views_list.defect_list_pdf, name="defect_list_pdf"),
    path("defect-lists/<slug:reference>/export/", views_list.defect_list_items, name="defect_list_items"),
    path("defect-lists/<slug:reference>/export/<slug:way>/", views_list.defect_list_items, name="defect_list_items_as"),
    path("work-orders/", views.work_order_list, name="work_order_list"),
    path("work-orders/chase/", views_chase.work_order_chase, name="work_order_chase"),
    path("work-orders/export/", views.work_order_export, name="work_order_export"),
    path("work-orders/export/<slug:way>/", views.work_order_export, name="work_order_export_as"),
]
