"""60 MB over a throttled line that breaks twice. Takes minutes, so it is asked for by name:

python -m pytest tests/browser/large_video.py -s
"""

import resource
import time

import pytest
from django.utils import timezone

from documents.models import Sending, StoredFile
from tests.browser.test_videos import case, choose, kept, play_and_seek, reply, send, until, world  # noqa: F401
from tests.factories import videos

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LARGE = 60


@pytest.mark.timeout(600)
def test_a_large_video_over_a_throttled_line_that_breaks_twice(reply, tmp_path, case):  # noqa: F811
    path = tmp_path / "large.mp4"
    path.write_bytes(videos.busy_mp4(LARGE * 1024 * 1024))
    line = reply.context.new_cdp_session(reply)
    line.send("Network.enable")

    def speed(*, is_down=False):
        limits = {"latency": 80, "downloadThroughput": 2_000_000, "uploadThroughput": 2_000_000, "offline": is_down}
        line.send("Network.emulateNetworkConditions", limits)

    speed()
    before, began, peak = resident(), time.monotonic(), 0
    choose(reply, path)
    for share in (0.3, 0.7):
        until(lambda share=share: received() > share * path.stat().st_size, tries=3000)
        speed(is_down=True)
        reply.get_by_text("Waiting for signal").wait_for()
        peak = max(peak, resident() - before)
        time.sleep(3)
        speed()
    kept(reply).wait_for(timeout=300_000)
    took = time.monotonic() - began
    peak = max(peak, resident() - before)
    send(reply)
    reply.get_by_text("We are preparing the video").first.wait_for(timeout=60_000)
    prepared = time.monotonic()
    videos.develop(StoredFile.objects.get(), at=timezone.now())
    print(f"{LARGE} MB in {took:.0f} s, web process +{peak} MB, prepared in {time.monotonic() - prepared:.1f} s")
    assert peak < 100
    play_and_seek(reply, case)


def received():
    sending = Sending.objects.first()
    return sending.received if sending else 0


def resident():
    """Megabytes of this process, in which the server runs."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() // 1024**2
