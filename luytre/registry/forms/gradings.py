"""The yearly grades of a commune's guard teams, all on one page."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.common.periods import team_rating_year
from luytre.registry.models import GuardTeam, Member, MemberGrade, TeamGrade
from luytre.registry.models.grades import Grade, Graded, GradedMember, wrongs
from luytre.registry.models.members import Position

CHOICES = [("", _("not graded")), *Grade.choices]


class GradingForm(forms.Form):
    """A grade, its reason and whether a matter is still open, for each team; a grade for each member."""

    def __init__(
        self, *args: Any, year: int, teams: Sequence[GuardTeam], members: Sequence[Member], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.year, self.teams = year, teams
        self.members = {team.pk: [one for one in members if one.team_id == team.pk] for team in teams}
        for team in teams:
            self.fields[f"team-{team.pk}"] = forms.ChoiceField(
                label=_("Grade of the team"), choices=CHOICES, required=False
            )
            self.fields[f"reason-{team.pk}"] = forms.CharField(label=_("Reason"), max_length=300, required=False)
            self.fields[f"open-{team.pk}"] = forms.BooleanField(
                label=_("Provisional, while a matter is open"), required=False
            )
            for member in self.members[team.pk]:
                label = f"{member.full_name} ({member.get_position_display()})"
                self.fields[f"member-{member.pk}"] = forms.ChoiceField(label=label, choices=CHOICES, required=False)

    def groups(self) -> Iterator[tuple[GuardTeam, list[forms.BoundField], list[forms.BoundField]]]:
        for team in self.teams:
            own = [self[f"{name}-{team.pk}"] for name in ("team", "reason", "open")]
            yield team, own, [self[f"member-{member.pk}"] for member in self.members[team.pk]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        graded = [self.graded(team, cleaned) for team in self.teams]
        for wrong in wrongs(graded, self.year):
            self.add_error(wrong.field, wrong.message)
        for team in self.teams:
            if cleaned.get(f"team-{team.pk}") and not cleaned.get(f"reason-{team.pk}"):
                self.add_error(f"reason-{team.pk}", _("Each grade carries its reason; one sentence is enough."))
        if not any(one.grade for one in graded) and not self.errors:
            raise forms.ValidationError(_("Grade at least one team."))
        return cleaned

    def graded(self, team: GuardTeam, cleaned: dict[str, Any]) -> Graded:
        members = {
            one.pk: GradedMember(
                one.full_name, one.serves_from, cleaned.get(f"member-{one.pk}", ""), one.position == Position.LEADER
            )
            for one in self.members[team.pk]
        }
        return Graded(team.pk, team.name, team.founded_on, cleaned.get(f"team-{team.pk}", ""), members)

    def team_grades(self) -> list[TeamGrade]:
        said = self.cleaned_data
        return [
            TeamGrade(team=team, grade=grade, reason=said[f"reason-{team.pk}"], is_provisional=said[f"open-{team.pk}"])
            for team in self.teams
            if (grade := said[f"team-{team.pk}"])
        ]

    def member_grades(self) -> list[MemberGrade]:
        said = self.cleaned_data
        return [
            MemberGrade(member=member, grade=grade, is_provisional=said[f"open-{team.pk}"])
            for team in self.teams
            for member in self.members[team.pk]
            if (grade := said[f"member-{member.pk}"])
        ]


def year_to_grade(today: date) -> int:
    """The last year of grading that has ended, from 15 November on."""
    return today.year if today >= team_rating_year(today.year).end else today.year - 1
