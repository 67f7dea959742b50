"""How a place was taken: written in one language, read in both."""

from surveys.record.placed import BY_HAND, say_note, write_gps


def test_only_whole_lines_this_writes_are_read_in_another_language():
    for note in (
        "場所：GPS 3回の平均・半径8m、門の前",
        "先に場所：地図で手入力",
        "場所：駅の前",
        "",
    ):
        assert say_note(note, "en") == note
    assert say_note(f"{BY_HAND}\n門の前", "en") == "Place: set by hand on the map\n門の前"
    assert say_note(write_gps(12.4, 1), "en") == "Place: by GPS, one fix, within 12 m"
    assert say_note(write_gps(8), "en") == "Place: by GPS, within 8 m"
