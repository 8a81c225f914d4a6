"""Requests about one's own data: filed by anyone, answered by the desk; the receipt shows the clock."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from luytre.accounts.access import StaffRequest, allow, public
from luytre.accounts.models import RequestKind, StepKind, SubjectRequest, User
from luytre.accounts.models.codes import spaced
from luytre.accounts.models.requests import OwnRequest, StepOutOfOrder
from luytre.accounts.permissions import Permission
from luytre.administration import purposes
from luytre.administration.clock import stem_of
from luytre.areas.models import Area, Level
from luytre.common.text import fold
from luytre.ui.forms import AreaChoiceField, AreaInput

PAGE = 25


class PlaceField(AreaChoiceField):
    """Like the field of the staff, and content with the name alone: "Mường Phăng"."""

    def candidates(self, typed: str) -> list[Area]:
        name, code = fold(typed), typed.rsplit("(", 1)[-1].rstrip(")").strip()
        rows = Area.objects.none() if self.queryset is None else self.queryset
        named = rows.filter(Q(folded=name) | Q(folded__endswith=f" {name}"))
        return list(rows.filter(code=code)[:5]) or list(named[:5])


class RequestForm(forms.ModelForm[SubjectRequest]):
    kind = forms.ChoiceField(label=gettext_lazy("What do you want?"), choices=RequestKind, widget=forms.RadioSelect)
    area = PlaceField(
        queryset=Area.objects.none(),
        label=gettext_lazy("Where was it written down?"),
        help_text=gettext_lazy("your province or commune, by name; the desk there answers"),
    )

    class Meta:
        model = SubjectRequest
        fields = ["kind", "area", "text", "name", "contact"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = Area.objects.on(timezone.localdate()).filter(level__in=[Level.PROVINCE, Level.COMMUNE])
        area = self.fields["area"]
        if isinstance(area, AreaChoiceField):
            area.queryset = standing.select_related("parent")
            area.widget = AreaInput(standing.filter(level=Level.PROVINCE).sorted())


class ReceiptForm(forms.Form):
    receipt = forms.CharField(
        label=gettext_lazy("The code on your receipt"), max_length=20, widget=forms.TextInput({"autocomplete": "off"})
    )


class StepForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Step"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("Answer"), max_length=4000, required=False, widget=forms.Textarea,
        help_text=gettext_lazy("the person reads this with the receipt; a refusal names its reason"),
    )  # fmt: skip
    rule = forms.CharField(label=gettext_lazy("Rule it rests on"), max_length=200, required=False)

    def __init__(self, *args: Any, asked: SubjectRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [(one.value, one.label) for one in asked.next_kinds]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") in (StepKind.DONE, StepKind.REFUSED) and not cleaned.get("text"):
            self.add_error("text", _("Write what the person should read."))
        if cleaned.get("kind") == StepKind.REFUSED and not cleaned.get("rule"):
            self.add_error("rule", _("A refusal names the rule it rests on."))
        return cleaned


@require_safe
@public
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "administration/my_data.html", {"form": ReceiptForm()})


@require_http_methods(["GET", "POST"])
@public
def file(request: HttpRequest) -> HttpResponse:
    """The receipt is in this answer alone; no address and no browser is kept."""
    form = RequestForm(request.POST or None)
    if form.is_valid():
        requester = request.user if isinstance(request.user, User) else None
        receipt = form.instance.file(at=timezone.now(), requester=requester)
        return render(request, "administration/receipt.html", {"receipt": spaced(receipt), "asked": form.instance})
    return render(request, "administration/file.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@public
def state(request: HttpRequest) -> HttpResponse:
    """By POST, so that the code stands in no address and no log."""
    form = ReceiptForm(request.POST or None)
    asked = SubjectRequest.objects.with_receipt(form.cleaned_data["receipt"]) if form.is_valid() else None
    if asked:
        context = {"asked": asked, "stem": stem_of(asked, now=timezone.now()), "answer": asked.last_step}
        return render(request, "administration/state.html", context)
    if form.is_bound and form.is_valid():
        form.add_error("receipt", _("No request has this code. Look at each letter again."))
    return render(request, "administration/my_data.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@allow(Permission.SUBJECT_REQUEST)
def desk(request: StaffRequest) -> HttpResponse:
    rows = SubjectRequest.objects.within(request.scope).select_related("area").prefetch_related("steps")
    shown = rows if request.GET.get("all") else rows.open()
    page = Paginator(shown.order_by("answer_by", "pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "administration/desk.html", {"page": page, "all": request.GET.get("all")})


@require_http_methods(["GET", "POST"])
@allow(Permission.SUBJECT_REQUEST)
def one(request: StaffRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(SubjectRequest.objects.within(request.scope), pk=pk)
    form = StepForm(request.POST or None, asked=asked)
    if request.method == "GET":
        purposes.viewed(asked, by=request.user, purpose=purposes.REQUEST, area_path=asked.area.path)
    if form.is_valid():
        try:
            asked.step(by=request.user, at=timezone.now(), **form.cleaned_data)
        except StepOutOfOrder:
            form.add_error(None, _("Somebody answered this request meanwhile."))
        except OwnRequest:
            form.add_error(None, _("Nobody answers their own request. A colleague must."))
        else:
            messages.success(request, _("Recorded. The person sees it with the receipt."))
            return redirect("administration:desk")
    context = {"asked": asked, "form": form, "stem": stem_of(asked, now=timezone.now()), "steps": asked.steps.all()}
    return render(request, "administration/request.html", context, status=422 if form.errors else 200)
