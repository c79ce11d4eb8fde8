"""Revised Romanization by its official examples, and McCune–Reischauer."""

from __future__ import annotations

import pytest

from cjkv_phon import Transcriber

REVISED = """
    구미 gumi  영동 yeongdong  백암 baegam  옥천 okcheon  합덕 hapdeok  호법 hobeop  월곶 wolgot
    벚꽃 beotkkot  한밭 hanbat  구리 guri  설악 seorak  칠곡 chilgok  임실 imsil  울릉 ulleung
    대관령 daegwallyeong  백마 baengma  신문로 sinmunno  종로 jongno  왕십리 wangsimni
    별내 byeollae  신라 silla  학여울 hangnyeoul  알약 allyak  해돋이 haedoji  같이 gachi
    굳히다 guchida  맞히다 machida  좋고 joko  놓다 nota  잡혀 japyeo  낳지 nachi  묵호 mukho
    집현전 jiphyeonjeon  압구정 apgujeong  낙동강 nakdonggang  죽변 jukbyeon  낙성대 nakseongdae
    합정 hapjeong  팔당 paldang  샛별 saetbyeol  울산 ulsan  부산 busan  세종 sejong
    제주도 jejudo  충청북도 chungcheongbukdo  의정부 uijeongbu  양주군 yangjugun
    도봉구 dobonggu  삼죽면 samjungmyeon  인왕리 inwangni  당산동 dangsandong  퇴계로 toegyero
    남산 namsan  속리산 songnisan  금강 geumgang  독도 dokdo  경복궁 gyeongbokgung
    무량수전 muryangsujeon  연화교 yeonhwagyo  극락전 geungnakjeon  안압지 anapji
    남한산성 namhansanseong  화랑대 hwarangdae  불국사 bulguksa  현충사 hyeonchungsa
    독립문 dongnimmun  오죽헌 ojukheon  촉석루 chokseongnu  종묘 jongmyo  다보탑 dabotap
    광희문 gwanghuimun  집 jip  밖 bak  값 gap  없었습니다 eopseotseumnida  좋다 jota
    북한 bukhan  축하 chukha  못하다 motada  가져 gajyeo
""".split()

MCCUNE_REISCHAUER = {
    "독립문": "tongnimmun",
    "한글": "hanʼgŭl",
    "갈등": "kaltŭng",
    "국밥": "kukpap",
    "좋다": "chotʼa",
    "신라": "silla",
    "실화": "sirhwa",
    "고에": "koë",
    "쉬다": "shwida",
    "조선": "chosŏn",
    "평양": "pʼyŏngyang",
    "찌개": "tchigae",
}

HYPHENATED = {
    "중앙": "jung-ang",
    "반구대": "ban-gudae",
    "세운": "se-un",
    "해운대": "hae-undae",
    "독립": "dongnip",
}


@pytest.mark.parametrize(("word", "latin"), list(zip(REVISED[::2], REVISED[1::2], strict=True)))
def test_revised_romanization(word: str, latin: str) -> None:
    assert Transcriber("ko")([word]).romanization == [latin]


@pytest.mark.parametrize(("word", "latin"), MCCUNE_REISCHAUER.items())
def test_mccune_reischauer(word: str, latin: str) -> None:
    transcriber = Transcriber("ko", romanization="mccune-reischauer")
    assert transcriber([word]).romanization == [latin]


@pytest.mark.parametrize(("word", "latin"), HYPHENATED.items())
def test_hyphens_part_only_what_could_be_misread(word: str, latin: str) -> None:
    transcriber = Transcriber("ko", romanization="revised-hyphen")
    done = transcriber([word])[0]
    assert done.romanization == latin
    assert "-" not in "".join(unit.romanization for unit in done.units)


@pytest.mark.parametrize(
    ("word", "latin"),
    [("급하다", "geupada"), ("축하하다", "chukhahada"), ("합격하다", "hapgyeokada"),
     ("집합", "jiphap"), ("역할", "yeokhal"), ("착한", "chakan")],
)  # fmt: skip
def test_h_is_kept_in_nouns_and_melts_in_verbs(word: str, latin: str) -> None:
    assert Transcriber("ko")([word]).romanization == [latin]
