import pytest
from tests.portal.reporting.conftest import *
from tests.factories import documents as docs
pytestmark = pytest.mark.django_db

def test_all(hana, world):
    assert hana.get("/portal/report/").status_code == 200
    address = begin(hana)
    assert hana.get(address).status_code == 200
    assert hana.post(address, {"part": "ceiling"}).status_code == 302
    r = hana.get(address)
    print([k.code for k in r.context["faults"].first], len(r.context["faults"].more))
    r = hana.post(address, {"kind": "LEAK"})
    r = hana.get(address); print(r.context["now"], r.context["cover"])
    r = hana.post(address, {"go":"next","words": "It drips", "q-near-power": "yes", "photos":[docs.sent(docs.jpeg()), docs.sent(docs.heic(), name="x.HEIC")]})
    assert r.status_code == 302, r.context["form"].errors
    r = hana.get(address); print(r.context["now"]); 
    review = hana.get(draft() and "/portal/report/%s/" % draft().key)
    assert review.status_code == 200
    sent = hana.post(review.request["PATH_INFO"], {"go": "send", "access_times": ["mornings"], "access_wishes":"Ring", "reporter_phone": "012-3456789", "idempotency_key":"k"})
    print(sent["Location"])
    r = hana.get(sent["Location"]); assert r.status_code==200
    print(r.content.decode()[-4000:])
    assert hana.post(review.request["PATH_INFO"], {"go": "send"})["Location"] == sent["Location"]

def test_link(client, world, link):
    assert client.get(link).status_code==200
    r = describe(client, link)
    assert client.get(r).status_code == 200
    sent = client.post(r, {"go":"send","reporter_name":"Tom","reporter_email":"tom@example.com","claimed_role":"tenant"})
    assert sent.status_code==302, sent.context["form"].errors
    assert b"R-" in client.get(sent["Location"]).content
    print(client.get("/report/x/").content.decode()[-2500:])
