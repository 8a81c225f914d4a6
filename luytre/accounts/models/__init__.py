"""People, and what they may do where and when."""

from luytre.accounts.models.assignments import Assignment, AssignmentQuerySet
from luytre.accounts.models.codes import OneTimeCode
from luytre.accounts.models.people import User, UserManager, UserQuerySet
from luytre.accounts.models.requests import RequestKind, RequestStep, StepKind, SubjectRequest
from luytre.accounts.models.suspensions import Suspension

__all__ = [
    "Assignment",
    "AssignmentQuerySet",
    "OneTimeCode",
    "RequestKind",
    "RequestStep",
    "StepKind",
    "SubjectRequest",
    "Suspension",
    "User",
    "UserManager",
    "UserQuerySet",
]
