"""What was found in the parks of the old centre and of 駅南, invented (旧市街と駅南の公園)."""

from __future__ import annotations

from typing import Final

from surveys.demo.diary import (
    KEEPER,
    WELFARE,
    Amend,
    Entry,
    Shot,
    Without,
)
from surveys.demo.park_things import bench, door, gear, slope, wc

WEST: Final[dict[str, tuple[Entry, ...]]] = {
    "中央公園": (
        Entry(
            ago=995,
            walk="centre",
            answers={
                "toilet": "usable",
                "entrance_step": "none",
                "shelter": "yes",
                "water": "yes",
                "light": "yes",
                "benches": [
                    bench("b1", shade="all", armrest="yes"),
                    bench("b2", shade="all"),
                    bench("b3", "no", 38, shade="part"),
                    bench("b4", seat=40, shade="none", material="metal"),
                    bench("b5", "no", None, shade="none", material="stone"),
                    bench("b6", seat=44, shade="part"),
                ],
                "toilets": [
                    wc("t1", "yes", "clean", western_count=4, japanese_count=2, ostomate="yes")
                ],
                "equipment": [
                    gear("e1", "stretch", count=2),
                    gear("e2", "hang"),
                    gear("e3", "step_platform", "worn"),
                ],
                "entrances": [
                    door("n1", 320, 0, bollard_gap_cm=110),
                    door("n2", 180, 1.5, bollard_gap_cm=84),
                    door("n3", 150, 4),
                ],
                "slopes": [
                    slope(
                        "s1",
                        "ramp",
                        grade_percent=5.5,
                        length_m=12,
                        handrail="both_sides",
                        surface="block",
                    )
                ],
                "path_surface": "block",
                "path_width_cm": 240,
                "path_grade_percent": 3,
                "exercise": "yes",
                "note": "朝は体操の人でにぎわう。昼からは木かげのベンチに二、三人。",
                "photos": [
                    Shot("entrance", "南の入口。車止めの間は110cm"),
                    Shot("bench", "ひじかけのあるベンチ"),
                    Shot("equipment", "背のばしとぶら下がり"),
                ],
            },
        ),
        Entry(
            ago=640,
            by=KEEPER,
            answers={
                "safety": "b",
                "equipment": Amend("e3", {"condition": "good"}),
                "note": "ふみ台の板を張りかえた。",
            },
        ),
        Entry(
            ago=230,
            walk="benches",
            answers={
                "user_morning": 24,
                "user_midday": 9,
                "weather": "fine",
                "benches": Amend(
                    "b3",
                    {
                        "condition": "worn",
                        "note": "座る面の板が一枚割れている。",
                        "photos": [Shot("bench", "割れた座面", worn=True)],
                    },
                ),
            },
        ),
        Entry(
            ago=96,
            kind="correct",
            by=KEEPER,
            source="told",
            answers={"benches": Amend("b3", {"condition": "good", "note": "板を取りかえた。"})},
            note="修理がすんだと公園管理係に聞いた。",
        ),
    ),
    "寺町公園": (
        Entry(
            ago=990,
            answers={
                "toilet": "none",
                "entrance_step": "from_2cm",
                "shelter": "no",
                "water": "yes",
                "benches": [
                    bench("b1", "no", 36),
                    bench("b2", "no", 36, condition="worn"),
                    bench("b3", seat=41),
                ],
                "entrances": [door("n1", 140, 6), door("n2", 95, 12, note="石の敷居をまたぐ。")],
                "light": "yes",
            },
        ),
        Entry(ago=600, kind="confirm", by=WELFARE, note="変わりなし"),
        Entry(
            ago=214,
            by=KEEPER,
            answers={
                "benches": Without("b2"),
                "note": "脚がくさったベンチ1台を撤去した。代わりは来年度に考える。",
                "photos": [Shot("steps", "北の入口の石段", worn=True)],
            },
            note="ベンチ1台を撤去",
        ),
    ),
    "仲町公園": (
        Entry(
            ago=995,
            walk="centre",
            answers={
                "toilet": "hard",
                "entrance_step": "under_2cm",
                "shelter": "no",
                "water": "no",
                "benches": [bench("b1"), bench("b2", condition="worn", note="ひじかけがゆるい。")],
                "light": "yes",
                "toilets": [wc("t1", "no", "dirty", western_count=0, japanese_count=2)],
                "entrances": [door("n1", 210, 1)],
            },
        ),
        Entry(
            ago=420,
            by=KEEPER,
            answers={
                "toilets": Amend("t1", {"clean": "fair", "western_count": 1, "japanese_count": 1}),
                "safety": "c",
                "photos": [
                    Shot("toilet", "洋式が一つになった"),
                    Shot("bench", "ゆるんだひじかけ", worn=True),
                ],
            },
        ),
    ),
    "駅南河畔公園": (
        Entry(
            ago=900,
            answers={
                "toilet": "none",
                "entrance_step": "none",
                "shelter": "yes",
                "water": "yes",
                "light": "no",
                "benches": [
                    bench("b1", material="metal"),
                    bench("b2", material="metal"),
                    bench("b3", "no", 45, material="stone"),
                    bench("b4", "no", 45, material="stone", shade="none"),
                ],
                "slopes": [
                    slope(
                        "s1",
                        "stairs",
                        step_count=14,
                        height_cm=240,
                        handrail="one_side",
                        condition="worn",
                    ),
                    slope(
                        "s2", "ramp", grade_percent=8, length_m=31, handrail="none", surface="paved"
                    ),
                ],
                "equipment": [gear("e1", "twist"), gear("e2", "foot_massage")],
                "path_surface": "grass",
                "entrances": [door("n1", 400, 0), door("n2", 160, 0)],
                "exercise": "yes",
                "note": "堤防から下りる道は、階段のほうにだけ手すりがある。",
            },
        ),
        Entry(
            ago=470,
            walk="river",
            answers={
                "user_midday": 16,
                "weather": "cloudy",
                "photos": [
                    Shot("steps", "堤防の階段。手すりは片側"),
                    Shot("slope", "手すりのない坂"),
                    Shot("equipment", "腰ひねり"),
                ],
            },
        ),
        Entry(
            ago=130,
            kind="confirm",
            by=WELFARE,
            source="told",
            note="変わりなし。グラウンドゴルフの会に聞いた。",
        ),
    ),
}
