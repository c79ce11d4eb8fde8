"""What is lexical: compounds, suffixes, stems, loanwords. And the limits of each class."""

from __future__ import annotations

import pytest

from cjkv_phon import Transcriber

SPOKEN = """
    물고기=물꼬기 김밥=김빱 눈사람=눈싸람 손바닥=손빠닥 안방=안빵 산길=산낄 술집=술찝 발자국=발짜국
    봄비=봄삐 땅속=땅쏙 돌다리=돌다리 불고기=불고기
    가능성=가능썽 안정성=안정썽 남성=남성 형성=형성 북두칠성=북뚜칠썽 투성이=투성이
    인권=인꿘 여권=여꿘 권리=궐리 국민권리=궁민궐리 조건=조껀 사건=사껀 물건=물건
    문과=문꽈 피부과=피부꽈 결과=결과 효과=효과 불면증=불면쯩 보증=보증 검증=검증
    단점=단쩜 백화점=배콰점 문법=문뻡 방법=방법 공통점=공통쩜 소수점=소수쩜
    글자=글짜 한자=한짜 숫자=숟짜 초대장=초대짱 인기=인끼 성격=성껵
    서울역=서울력 강남역=강남녁 면역=며녁 두통약=두통냑 계약=계약 식용유=시굥뉴 관절염=관절렴
    깻잎=깬닙 옛이야기=옌니야기 뒷일=뒨닐 첫인상=처딘상 헛웃음=허두슴 밤낮없이=밤나덥씨
    생산량=생산냥 분량=불량 공신력=공신녁 권력=궐력 온라인=온나인 음운론=으문논 언론=얼론
    열다섯=열따섣 열여덟=열려덜 십육=심뉵 백육십=뱅뉵씹
    껴안다=껴안따 감다=감따 넘다=넘따 더듬다=더듬따 감기=감기 남자=남자 넘기다=넘기다 참고=참고
    살지=살지 알자=알자 물자=물짜 만들지=만들지 출발=출발 발달=발딸 줄다리기=줄다리기
    가물가물=가물가물 중얼중얼=중얼중얼
    밝히다=발키다 맏형=마텽 낱알=나달
    법률지원=범뉼지원 기술적으로=기술쩌그로 출제=출쩨 추진력=추진녁 매력=매력
    열살=열쌀 열번=열뻔 할것을=할꺼슬 갈데가=갈떼가 밀가루=밀까루 가을밤=가을빰 군밤=군밤
    갈림길=갈림낄 술도=술도 신기하다=신기하다 이슬비=이슬비
"""


@pytest.mark.parametrize(
    ("word", "spoken"), [pair.split("=") for pair in SPOKEN.split() if "=" in pair]
)
def test_word_is_spoken(word: str, spoken: str) -> None:
    assert Transcriber("ko")([word])[0].reading == spoken


@pytest.mark.parametrize(
    ("phrase", "spoken"),
    [("먹을 것", "머글껃"), ("할 수 있다", "할쑤읻따"), ("물 속", "물속"), ("책 읽기", "챙닐끼")],
)
def test_phrase_is_spoken_as_one(phrase: str, spoken: str) -> None:
    assert Transcriber("ko")([phrase])[0].reading == spoken
