from django.urls import path

from portal.bank import views, views_deeds, views_preview

app_name = "bank"

urlpatterns = [
    path("", views.questions, name="questions"),
    path("retire/", views_deeds.retire, name="retire"),
    path("restore/", views_deeds.restore, name="restore"),
    path("move/", views_deeds.move, name="move"),
    path("<slug:authority>/<str:key>/", views.question, name="question"),
    path("<slug:authority>/<str:key>/duplicate/", views_deeds.duplicate, name="duplicate"),
    path("<slug:authority>/<str:key>/preview/", views_preview.preview, name="preview"),
    path("<slug:authority>/<str:key>/preview/<slug:moment>/", views_preview.frame, name="frame"),
]
