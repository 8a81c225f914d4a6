"""What is done every night; an app with work of its own has a `tasks.py` too."""

from django.core.management import call_command
from procrastinate.contrib.django import app

DAYS_A_FAILED_JOB_STAYS = 30


@app.periodic(cron="15 19 * * *")  # in UTC: a quarter past two at night in Viet Nam
@app.task(queueing_lock="forget_sessions")
def forget_sessions(timestamp: int) -> None:
    """Sessions that have ended leave nothing behind."""
    call_command("clearsessions")


@app.periodic(cron="25 19 * * *")
@app.task(queueing_lock="forget_jobs", pass_context=False)
async def forget_jobs(timestamp: int) -> None:
    """Jobs that went well are removed at once, those that failed when somebody had time to look."""
    await app.job_manager.delete_old_jobs(
        nb_hours=DAYS_A_FAILED_JOB_STAYS * 24, include_failed=True, include_cancelled=True, include_aborted=True
    )
