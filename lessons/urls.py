from django.urls import path

from lessons import views

app_name = "lessons"

urlpatterns = [
    path("courses/", views.catalogue, name="catalogue"),
    path("courses/<slug:course>/", views.course, name="course"),
    path("courses/<slug:course>/<slug:lesson>/", views.lesson, name="lesson"),
    path("topics/", views.topics, name="topics"),
    path("topics/<slug:topic>/", views.topic, name="topic"),
    path("lessons/<slug:key>/", views.by_key, name="by_key"),
]
