from nennep.training.models.adoption import EHandbookAdoption
from nennep.training.models.courses import Course, CourseSession, Participant
from nennep.training.models.dissemination import Dissemination, Receipt
from nennep.training.models.quizzes import Quiz, QuizCount

__all__ = [
    "Course",
    "CourseSession",
    "Dissemination",
    "EHandbookAdoption",
    "Participant",
    "Quiz",
    "QuizCount",
    "Receipt",
]
