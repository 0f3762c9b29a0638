from django.urls import path

from portal.worksheets import views

app_name = "worksheets"

urlpatterns = [path("<slug:lesson_key>/<slug:key>/", views.save, name="save")]
