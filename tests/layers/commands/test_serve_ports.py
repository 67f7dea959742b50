"""Where `kayoi serve` cannot listen, it says so in its own words."""

import socket

import pytest

from geo.base.problems import InputError
from layers.commands import serve
from layers.door.bounds import make_bounds
from layers.door.files import WANTED


@pytest.fixture
def taken():
    """A port of this machine that somebody else listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_taken_port_is_told_when_it_is_chosen(taken):
    with pytest.raises(InputError) as told:
        serve.choose_port("127.0.0.1", taken)
    assert f"port {taken} is taken" in told.value.words.en and "--port" in told.value.words.ja


def test_a_port_taken_after_it_was_chosen_is_told_in_the_same_words(taken):
    listening = serve.Listening(host="127.0.0.1", port=taken, cert=None, key=None, sign_in=False)
    with pytest.raises(InputError) as told:
        serve._run(listening, taken, make_bounds(WANTED))
    assert f"port {taken} is taken" in told.value.words.en


@pytest.mark.parametrize("host", ["192.0.2.7", "no.such.host.invalid"])
def test_an_address_of_another_machine_is_not_called_a_taken_port(host):
    with pytest.raises(InputError) as told:
        serve.choose_port(host, 8501)
    assert host in told.value.words.ja and "--host" in told.value.words.en
