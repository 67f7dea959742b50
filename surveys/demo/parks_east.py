"""What was found in the other parks, invented (そのほかの公園)."""

from __future__ import annotations

from typing import Final

from surveys.declaration.field import UNKNOWN
from surveys.demo.diary import (
    CITY,
    COORDINATOR,
    COUNCIL,
    KEEPER,
    WELFARE,
    Amend,
    Entry,
    Shot,
)
from surveys.demo.park_things import bench, door, gear, slope, wc

EAST: Final[dict[str, tuple[Entry, ...]]] = {
    "東町公園": (
        Entry(
            ago=870,
            by=COUNCIL,
            answers={
                "toilet": "usable",
                "entrance_step": "under_2cm",
                "shelter": "yes",
                "water": "yes",
                "benches": [bench("b1"), bench("b2"), bench("b3", "no", 40)],
                "toilets": [wc("t1", "no", "fair")],
                "entrances": [door("n1", 180, 1.8, bollard_gap_cm=76)],
            },
        ),
        Entry(ago=560, kind="confirm", by=WELFARE, note="変わりなし"),
        # Neither had seen what the other wrote: the one conflict of the demo.
        Entry(
            ago=64,
            by=KEEPER,
            answers={"toilet": "none", "light": "yes"},
            note="配管の直しでトイレを閉めた。園内灯を一本立てた。",
        ),
        Entry(
            ago=63,
            by=WELFARE,
            unseen=True,
            answers={"toilet": "hard", "light": "no"},
            note="夕方に見た。トイレは戸が重くて開けにくい。明かりは見えなかった。",
        ),
    ),
    "川向公園": (
        Entry(
            ago=850,
            answers={
                "toilet": "none",
                "entrance_step": "none",
                "shelter": "no",
                "water": "yes",
                "benches": [bench("b1", seat=39), bench("b2", seat=39)],
                "entrances": [door("n1", 220, 0), door("n2", 130, 3)],
            },
        ),
        Entry(ago=470, walk="river", answers={"light": "yes", "notice_board": "yes"}),
    ),
    "西町公園": (
        Entry(
            ago=830,
            by=WELFARE,
            answers={
                "toilet": "none",
                "entrance_step": "from_2cm",
                "shelter": "no",
                "water": "no",
                "benches": [
                    bench("b1", "no", 37, condition="unusable", note="片方の脚が折れている。")
                ],
                "light": UNKNOWN,
            },
        ),
        Entry(
            ago=210,
            kind="correct",
            by=KEEPER,
            source="told",
            answers={
                "benches": Amend("b1", {"condition": "good", "note": "脚をつけかえた。"}),
                "light": "yes",
            },
        ),
        Entry(ago=200, kind="confirm", by=WELFARE, note="変わりなし"),
    ),
    "緑ヶ丘西公園": (
        Entry(
            ago=760,
            walk="hill",
            answers={
                "toilet": "none",
                "entrance_step": "from_2cm",
                "shelter": "yes",
                "water": "yes",
                "benches": [bench("b1", shade="all"), bench("b2", shade="none")],
                "height_m": 6.5,
                "slopes": [
                    slope(
                        "s1",
                        "stairs",
                        step_count=22,
                        height_cm=360,
                        handrail="one_side",
                        surface="block",
                    )
                ],
                "equipment": [gear("e1", "stretch"), gear("e2", "balance", "worn")],
                "entrances": [
                    door("n1", 150, 8),
                    door("n2", 200, 0, note="坂の上の道とつながる。"),
                ],
                "note": "団地の下からは階段を22段上がる。上の道からは段差なしで入れる。",
                "photos": [
                    Shot("steps", "下の入口の22段"),
                    Shot("equipment", "平均台。さびが出ている", worn=True),
                ],
            },
        ),
        Entry(
            ago=40,
            walk="stops",
            by=COORDINATOR,
            answers={"user_morning": 3, "weather": "fine", "light": "yes"},
        ),
    ),
    "団地中央公園": (
        Entry(
            ago=720,
            by=COUNCIL,
            answers={
                "toilet": "usable",
                "entrance_step": "none",
                "shelter": "yes",
                "water": "yes",
                "light": "yes",
                "benches": [
                    bench("b1"),
                    bench("b2"),
                    bench("b3"),
                    bench("b4", "no", 40, condition="worn"),
                    bench("b5", armrest="yes", seat=45),
                ],
                "toilets": [wc("t1", "yes", "clean", western_count=2)],
                "entrances": [door("n1", 260, 0), door("n2", 260, 0)],
                "exercise": "yes",
            },
        ),
        Entry(
            ago=380,
            by=KEEPER,
            answers={
                "safety": "a",
                "parking": "none",
                "photos": [
                    Shot("bench", "ひじかけのあるベンチは高さ45cm"),
                    Shot("toilet", "車いすで入れるトイレ"),
                ],
            },
        ),
    ),
    "新町けやき公園": (
        Entry(
            ago=700,
            by=CITY,
            answers={
                "toilet": "usable",
                "entrance_step": "none",
                "shelter": "yes",
                "water": "yes",
                "light": "yes",
                "benches": [
                    bench("b1", armrest="yes", seat=45),
                    bench("b2", armrest="yes", seat=45),
                    bench("b3", armrest="yes", seat=45, shade="all"),
                ],
                "toilets": [wc("t1", "yes", "clean", western_count=2, ostomate="yes")],
                "equipment": [gear("e1", "pedal"), gear("e2", "stretch"), gear("e3", "arm_turn")],
                "entrances": [
                    door("n1", 300, 0, bollard_gap_cm=120, braille_block="yes"),
                    door("n2", 300, 0, bollard_gap_cm=120),
                ],
                "path_surface": "block",
                "parking": "free",
                "parking_count": 6,
                "parking_wheelchair": "yes",
                "aed": "yes",
            },
        ),
        Entry(ago=310, kind="confirm", by=WELFARE, note="変わりなし"),
    ),
    "下新田農村公園": (
        Entry(
            ago=680,
            by=WELFARE,
            source="told",
            sure="likely",
            answers={
                "toilet": UNKNOWN,
                "entrance_step": "none",
                "shelter": "no",
                "water": UNKNOWN,
                "benches": [],
                "note": "草が高くて中までは見ていない。水道の栓が閉まっているかどうか分からない。",
            },
        ),
    ),
}
