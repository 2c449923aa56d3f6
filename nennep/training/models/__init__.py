from nennep.training.models.courses import Course, CourseSession, Participant

__all__ = ["Course", "CourseSession", "Participant"]
