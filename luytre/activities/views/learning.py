"""Questions read by a second person, and learning checks that were made on paper."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.activities.forms import PaperForm
from luytre.activities.forms.outreach_rooms import topics_with_questions
from luytre.activities.models import LearningCheck, LearningQuestion, OutreachSession
from luytre.activities.models.learning import AlreadyApproved, AskedOnPhones, OwnQuestion, choose


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REGISTER_WRITE)
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(LearningQuestion.objects.within(request.scope), pk=pk)
    if request.method != "POST":
        return render(request, "activities/question_approval.html", {"question": question})
    try:
        question.approve(by=request.user, at=timezone.now())
    except OwnQuestion:
        messages.error(request, _("Nobody approves the question they wrote. Ask a colleague."))
    except AlreadyApproved:
        messages.info(request, _("It was approved before."))
    else:
        messages.success(request, _("Approved. It can be asked now."))
    return redirect("activities:learning-questions-record", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.SESSION_WRITE)
def paper(request: StaffRequest, pk: int) -> HttpResponse:
    """First the topic, then the counts of its three questions."""
    session = get_object_or_404(OutreachSession.objects.within(request.scope).select_related("area"), pk=pk)
    topics = topics_with_questions(session.area)
    topic = topics.filter(code=request.GET.get("topic", "")).first()
    if topic is None:
        return render(request, "activities/paper_topic.html", {"session": session, "topics": topics})
    form = PaperForm(request.POST or None, questions=choose(topic, session.area))
    if request.method == "POST" and form.is_valid():
        try:
            LearningCheck.on_paper(session, topic, form.sheets(), form.right(), by=request.user, at=timezone.now())
        except AskedOnPhones:
            form.add_error(None, _("This session was asked on phones in its room. Paper is not added to it."))
        else:
            messages.success(request, _("Saved. Only the counts of the session are kept."))
            return redirect("activities:outreach-sessions-record", pk=pk)
    context = {"session": session, "topic": topic, "form": form}
    return render(request, "activities/paper.html", context, status=422 if form.errors else 200)
