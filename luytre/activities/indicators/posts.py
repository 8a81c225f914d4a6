"""What loudspeaker slots and posts yield; views are typed in the monthly return as the platforms tell them."""

from luytre.activities.models import Channel, LoudspeakerSlot, OutreachPost
from luytre.reporting import indicators
from luytre.reporting.indicators import Indicator

indicators.add(
    Indicator(
        code="outreach_loudspeaker_broadcasts",
        rows=lambda window: LoudspeakerSlot.objects.aired_in(window.first_day, window.end),
    )
)
indicators.add(
    Indicator(
        code="outreach_social_posts",
        rows=lambda window: OutreachPost.objects.posted_in(window.first_day, window.end).filter(
            channel=Channel.OWN_PAGE
        ),
        on="posted_on",
    )
)
