from django.urls import path

from portal.analysis import views

app_name = "analysis"

urlpatterns = [
    path("<slug:course>/", views.questions, name="questions"),
    path("<slug:course>/questions.csv", views.questions_csv, name="questions_csv"),
    path("<slug:course>/count/", views.count, name="count"),
    path("<slug:course>/quizzes/", views.quizzes, name="quizzes"),
    path("<slug:course>/myths/", views.myths, name="myths"),
    path("<slug:course>/questions/<str:key>/", views.question, name="question"),
]
