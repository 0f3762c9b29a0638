from portal.analysis.answers_report import ANSWERS

app_name = "answers"

urlpatterns = ANSWERS.urls()
