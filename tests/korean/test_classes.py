"""Classes of words that one rule or one row of a table decides, each with its counter-examples."""

from __future__ import annotations

import pytest

from cjkv_phon import Transcriber

CLASSES = {
    "§27: -(으)ㄹ게 -(으)ㄹ지 -(으)ㄹ듯 are tense": """
        올지도=올찌도 그럴지도=그럴찌도 모를지=모를찌 어떨지=어떨찌 누굴지=누굴찌 배울지=배울찌
        생길지=생길찌 끝날지=끈날찌 할지에=할찌에 기다릴게=기다릴께 챙길게=챙길께 줄게=줄께
        갈게요=갈께요 그럴듯하다=그럴뜨타다 알걸=알껄 할걸요=할껄료
    """,
    "but -게 -지 -듯 after a stem or noun in ㄹ are plain": """
        알게=알게 살게=살게 알게_되다=알게되다 길게=길게 힘들게=힘들게 모질게=모질게 만들지=만들지
        깨물지=깨물지 베풀지=베풀지 낯설지=낟썰지 휩쓸지=휩쓸지 줄지=줄지 출발지=출발지
        서울지도=서울지도 별걸=별걸 칠게=칠게 털게=털게
    """,
    "§26: ㄷ ㅅ ㅈ after ㄹ in words of two syllables": """
        질서=질써 철사=철싸 혈서=혈써 일자=일짜 별지=별찌 필지=필찌 골자=골짜
        살지=살지 놀자=놀자 알지만=알지만
    """,
    "§29: ㄴ before a noun that follows other nouns freely": """
        가족여행=가종녀행 서울여행=서울려행 수학여행지=수항녀행지 구속영장=구송녕짱
        수색영장=수생녕짱 한국영화=한궁녕화 예술영화=예술령화 생활용품=생활룡품
        한국요리=한궁뇨리 정책연구=정챙년구 통신요금=통신뇨금 한국역사=한궁녁싸 북유럽=붕뉴럽
        수업용=수엄뇽 옛날이야기=옌날리야기
    """,
    "but not inside a word that only looks so": """
        민영화=미녕화 촬영장=촤령장 동시통역사=동시통역싸 광역사업=광역싸업 일용품=이룡품
        학용품=하굥품 군용품=구뇽품 확대적용=확때저굥 흑역사=흐격싸 동유럽=동유럽
    """,
    "§29: ㄴ before the particle 요": """
        그럼요=그럼뇨 정말요=정말료 뭘요=뭘료 지금요=지금뇨 잠깐만요=잠깐만뇨 저는요=저는뇨
        하거든요=하거든뇨 그렇군요=그러쿤뇨 필요=피료 중요=중요 강요=강요 금요일=그묘일
    """,
    "one syllable and -적 (的) is tense where 인, 으로, 이고 show an adjective": """
        사적인=사쩌긴 지적인=지쩌긴 공적인=공쩌긴 미적인=미쩌긴 정적인=정쩌긴 성적으로=성쩌그로
        심적으로=심쩌그로 성적이=성저기 성적을=성저글 지적을=지저글 사적을=사저글 전적을=전저글
        목적으로=목쩌그로 해적인=해저긴 도적으로=도저그로 표적이=표저기
    """,
    "stems in -기- are no compounds with 길, 투성이 and 등성이 none with the suffix -성": """
        즐길=즐길 생길=생길 남길=남길 챙길=챙길 당길=당길 산길=산낄 인생길=인생낄
        산등성이=산뜽성이 피투성이=피투성이 가능성이=가능썽이
    """,
    "§28 compounds, and what stays plain": """
        밤거리=밤꺼리 밤바다=밤빠다 밤공기=밤꽁기 가을바람=가을빠람 아침잠=아침짬 글귀=글뀌
        말귀=말뀌 말귀신=말귀신 콩국수=콩국쑤 콩국=콩꾹 산골짜기=산꼴짜기 큰골짜기=큰골짜기
        빈바구니=빈바구니
    """,
    "§24: 남지 and 삼지 are verbs, 심지 is a wick": """
        남지=남찌 남지만=남찌만 삼지_않다=삼찌안타 삼지창=삼지창 심지=심지 심지어=심지어
        충남지사=충남지사
    """,
}

EXAMPLES = [
    (name, *pair.replace("_", " ").split("="))
    for name, block in CLASSES.items()
    for pair in block.split()
]


@pytest.fixture(scope="module")
def korean() -> Transcriber:
    return Transcriber("ko")


@pytest.mark.parametrize(("name", "word", "spoken"), EXAMPLES)
def test_word_is_spoken_as_its_class_says(
    korean: Transcriber, name: str, word: str, spoken: str
) -> None:
    assert korean([word])[0].reading == spoken, name


def test_dependent_nouns_are_tense_inside_a_token_and_not_across_tokens(
    korean: Transcriber,
) -> None:
    assert korean(["할 수 있다"])[0].reading == "할쑤읻따"
    assert korean(["갈 거예요"])[0].reading == "갈꺼예요"
    assert [token.reading for token in korean(["할", "수", "있다"])] == ["할", "수", "읻따"]


def test_digits_pass_through_unread(korean: Transcriber) -> None:
    done = korean(["3월"])[0]
    assert [unit.status for unit in done.units] == ["passthrough", "ok"]
    assert done.romanization == "3wol"
