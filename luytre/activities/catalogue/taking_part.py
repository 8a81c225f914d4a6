"""Topics of pledges, kinds of signers, and kinds of things handed in, that everybody starts from."""

from pathlib import Path

from luytre.activities.models import HandInKind, PledgeTopic, SignerKind
from luytre.ui.shared_lists import sync

FOLDER = Path(__file__).parent


def sync_pledge_lists() -> int:
    topics = sync(PledgeTopic, FOLDER / "pledge_topics.csv")
    return topics + sync(SignerKind, FOLDER / "signer_kinds.csv")


def sync_hand_in_kinds() -> int:
    return sync(HandInKind, FOLDER / "hand_in_kinds.csv")
