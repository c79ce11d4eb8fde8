import pytest

from cjkv_phon.alignment import align_subwords, extend_vocabulary, symbol_report
from cjkv_phon.errors import AlignmentError
from cjkv_phon.types import TokenTranscription, Transcription, Unit, passthrough_token

WORDS = ["tʂʊŋ˥kwɔ˧˥", "t͡ɕʰik̚", "apple", "zebra", "kʰan"]
NAMES = ["wordpiece", "wordpiece-cased", "unigram"]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_unknown_after_the_extension(fresh, name):
    tokenizer = fresh(name)
    result = extend_vocabulary(tokenizer, WORDS)
    assert result.before.unknown_rate > 0
    assert result.after.unknown_rate == 0
    assert not result.after.unknown
    assert not result.after.dropped
    assert "˥" in result.added


@pytest.mark.parametrize("name", NAMES)
def test_plain_letters_are_never_added(fresh, name):
    tokenizer = fresh(name)
    before = tokenizer.tokenize("quick brown fox")
    result = extend_vocabulary(tokenizer, [*WORDS, "qwxyz"])
    assert not any(symbol.isascii() for symbol in result.added)
    assert tokenizer.tokenize("quick brown fox") == before


def test_symbols_that_the_vocabulary_has_are_not_added(fresh):
    tokenizer = fresh("unigram")
    result = extend_vocabulary(tokenizer, ["sanʌn", "tɕən"])
    assert result.added == ()
    assert str(result).startswith("added 0 symbols")


def test_symbols_that_a_normaliser_drops_are_added(fresh):
    tokenizer = fresh("wordpiece")  # lower-cases and strips accents
    assert "\u031a" in symbol_report(["ak̚"], tokenizer).dropped
    assert "\u031a" in extend_vocabulary(tokenizer, ["ak̚"]).added
    assert "\u031a" in tokenizer.tokenize("ak̚")


def test_symbols_that_a_normaliser_confuses_are_reported_and_added_on_request(fresh):
    tokenizer = fresh("unigram")  # NFKC makes ʰ an h
    assert extend_vocabulary(tokenizer, ["kʰan"]).added == ()
    assert symbol_report(["kʰan"], tokenizer).folded == {"ʰ": 1}
    assert extend_vocabulary(tokenizer, ["kʰan"], folded=True).added == ("ʰ",)
    assert "ʰ" in tokenizer.tokenize("kʰan")
    assert not symbol_report(["kʰan"], tokenizer).folded


def test_a_byte_level_vocabulary_spells_everything(fresh):
    result = extend_vocabulary(fresh("byte-level"), WORDS)
    assert result.added == ()
    assert result.before.unknown_rate == 0
    assert result.before.mean_length > 1


def test_only_what_was_read_counts(fresh):
    units = (Unit(0, 1, "den", "deɴ"), Unit(1, 2, "☃", "☃", (), "", "passthrough"))
    token = TokenTranscription("電☃", units, "deɴ☃", "den☃")
    report = symbol_report([Transcription((token, passthrough_token("☂")))], fresh("wordpiece"))
    assert report.words == 1
    assert set(report.unknown) == {"ɴ"}


def test_an_extension_shortens_nothing_and_keeps_the_alignment_lossless(fresh):
    tokenizer = fresh("wordpiece")
    extend_vocabulary(tokenizer, WORDS)
    tokens = tuple(TokenTranscription("x", (Unit(0, 1, "x", ipa),), ipa, "x") for ipa in WORDS)
    for token in align_subwords(Transcription(tokens), tokenizer):
        offsets = token.phonemes.offsets
        written = token.transcription.ipa
        assert "".join(written[start:end] for start, end in offsets) == written


def test_a_report_of_nothing_divides_by_nothing(fresh):
    report = symbol_report([], fresh("wordpiece"))
    assert (report.unknown_rate, report.mean_length) == (0, 0)


def test_a_tokenizer_that_cannot_grow_is_refused():
    with pytest.raises(AlignmentError, match="add_tokens"):
        extend_vocabulary(object(), ["a"])
