from django.urls import path

from portal.auditing import views

app_name = "auditing"

urlpatterns = [
    path("log.csv", views.as_csv, name="csv"),
    path("log.xlsx", views.as_xlsx, name="xlsx"),
]
