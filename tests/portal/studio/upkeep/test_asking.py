"""What a link answers, asked of a real site; and where the portal refuses to ask."""

import socket
import ssl
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.studio.upkeep.asking import Answer, Asker, Result, is_public
from tests.portal.studio.upkeep.web import Site


def test_a_page_that_is_there_answers_to_head_alone(site: Site) -> None:
    assert site.asker().ask(f"{site.url}/200") == Answer(Result.ANSWERS, 200)
    assert site.asked == [("HEAD", "/200")]


def test_a_page_that_does_not_take_head_is_asked_by_get(site: Site) -> None:
    assert site.asker().ask(f"{site.url}/only-get") == Answer(Result.ANSWERS, 200)
    assert site.asked == [("HEAD", "/only-get"), ("GET", "/only-get")]


@pytest.mark.parametrize(
    ("status", "result"),
    [(404, Result.MISSING), (410, Result.MISSING), (500, Result.FAILED), (403, Result.TURNED_AWAY)],
)
def test_a_fault_is_kept_with_its_status(site: Site, status: int, result: Result) -> None:
    assert site.asker().ask(f"{site.url}/{status}") == Answer(result, status)


def test_a_query_is_sent_and_a_fragment_is_not(site: Site) -> None:
    site.asker().ask(f"{site.url}/200?page=4#part")
    assert site.asked == [("HEAD", "/200?page=4")]


def test_a_redirect_is_followed(site: Site) -> None:
    assert site.asker().ask(f"{site.url}/to//200") == Answer(Result.ANSWERS, 200)


def test_a_site_that_says_nothing_is_given_up(site: Site) -> None:
    assert site.asker(seconds=0.3).ask(f"{site.url}/silent") == Answer(Result.TIMEOUT)


def test_a_site_that_says_a_letter_now_and_then_is_given_up(site: Site) -> None:
    assert site.asker(longest=0.6).ask(f"{site.url}/drip") == Answer(Result.TIMEOUT)


def test_redirects_in_a_circle_come_to_an_end(site: Site) -> None:
    assert site.asker().ask(f"{site.url}/to/to") == Answer(Result.ENDLESS)
    assert len(site.asked) == 6


def test_a_private_address_is_not_asked(site: Site) -> None:
    assert site.asker(may_reach=is_public).ask(f"{site.url}/200") == Answer(Result.PRIVATE)
    assert site.asked == []


@pytest.mark.parametrize("target", ["https://127.0.0.2/", "https://10.0.0.1/", "https://[::1]/"])
def test_a_redirect_into_a_private_network_is_not_followed(site: Site, target: str) -> None:
    assert site.asker().ask(f"{site.url}/to/{target}") == Answer(Result.PRIVATE)
    assert len(site.asked) == 1


@pytest.mark.parametrize("where", ["http://127.0.0.1:{port}/", "ftp://127.0.0.1/", "//", "file:///etc/passwd"])
def test_only_https_is_asked(site: Site, where: str) -> None:
    assert site.asker().ask(where.format(port=site.url.rpartition(":")[2])).result in {
        Result.INSECURE,
        Result.UNREACHABLE,
    }
    assert site.asked == []


def test_a_redirect_to_http_is_not_followed(site: Site) -> None:
    assert site.asker().ask(f"{site.url}/to/http://127.0.0.1/") == Answer(Result.INSECURE)


def test_a_certificate_that_nobody_vouches_for_is_no_answer(site: Site) -> None:
    assert site.asker(context=ssl.create_default_context()).ask(f"{site.url}/200") == Answer(Result.UNREACHABLE)
    assert site.asked == []


def test_a_closed_port_is_not_reached(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert site.asker().ask(f"https://127.0.0.1:{port}/") == Answer(Result.UNREACHABLE)


PRIVATE = """
127.0.0.1 10.1.2.3 172.16.0.1 192.168.0.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1
::1 :: fe80::1 fd00::1 ff02::1 ::ffff:127.0.0.1 64:ff9b::a00:1 2002:a00:1::1 2001:0:53aa:64c:0:0:f5ff:fffe
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_these_addresses_are_private(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111", "64:ff9b::101:101"])
def test_these_addresses_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_in_another_dress_is_judged_as_itself(address: IPv4Address) -> None:
    mapped = IPv6Address(int(IPv6Address("::ffff:0:0")) + int(address))
    assert is_public(mapped) == is_public(address)


@given(st.text(st.characters(exclude_characters="@"), max_size=40))  # before an @ stands no host
def test_no_address_however_strange_is_more_than_refused(text: str) -> None:
    nobody = Asker(agent="test", may_reach=lambda address: False)
    assert nobody.ask(f"https://127.0.0.1:{text}/{text}").status is None
