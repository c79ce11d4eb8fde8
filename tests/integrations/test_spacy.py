import pickle
import subprocess
import sys

import pytest

spacy = pytest.importorskip("spacy")
from spacy.tokens import Doc, DocBin  # noqa: E402

from cjkv_phon import Transcriber  # noqa: E402
from cjkv_phon.errors import UnsupportedOptionError  # noqa: E402


@pytest.fixture
def korean():
    nlp = spacy.blank("xx")
    nlp.add_pipe("cjkv_phon", config={"lang": "ko"})
    return nlp


def facts(doc):
    return [(t._.ipa, t._.romanization, t._.phon_units, t._.phon_status) for t in doc]


def test_tokens_have_their_sound(korean):
    doc = korean("독립 만세!")
    expected = Transcriber("ko")(["독립", "만세", "!"])
    assert facts(doc) == [(t.ipa, t.romanization, t.units, t.status) for t in expected]
    assert doc._.phon_signature == expected.signature


def test_the_entry_point_is_enough():
    code = (
        "import spacy; nlp = spacy.blank('xx'); nlp.add_pipe('cjkv_phon', config={'lang': 'ko'}); "
        "print(nlp('독립')[0]._.romanization)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "dongnip"


def test_the_language_of_the_pipeline_is_taken():
    nlp = spacy.blank("zh")
    nlp.add_pipe("cjkv_phon")
    assert nlp("电")[0]._.romanization == "diàn"


def test_options_reach_the_transcriber():
    nlp = spacy.blank("xx")
    nlp.add_pipe("cjkv_phon", config={"lang": "vi", "variety": "saigon", "tones": "none"})
    assert nlp("và")[0]._.ipa == Transcriber("vi", variety="saigon", tones="none")(["và"]).ipa[0]
    with pytest.raises(UnsupportedOptionError):
        spacy.blank("xx").add_pipe("cjkv_phon", config={"lang": "vi", "variety": "mars"})


def test_spaces_decide_whether_sound_changes_cross_a_boundary(korean):
    component = korean.get_pipe("cjkv_phon")
    joined = component(Doc(korean.vocab, words=["독", "립"], spaces=[False, False]))
    apart = component(Doc(korean.vocab, words=["독", "립"], spaces=[True, False]))
    assert joined[0]._.ipa != apart[0]._.ipa


def test_sentences_are_read_one_by_one():
    nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("cjkv_phon", config={"lang": "ko"})
    doc = nlp("독립 만세. 한국 만세.")
    assert len(list(doc.sents)) == 2
    assert doc[3]._.ipa == "hankuk"


def test_a_stream_gives_what_single_documents_give(korean):
    texts = ["독립 만세", "", "한국 ABC", "  학교  "]
    assert [facts(doc) for doc in korean.pipe(texts, batch_size=3)] == [
        facts(korean(text)) for text in texts
    ]


def test_documents_keep_their_sound_when_stored(korean):
    doc = korean("독립 만세")
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = DocBin().from_bytes(stored).get_docs(korean.vocab)
    assert facts(again) == facts(doc)


def test_a_pipeline_is_saved_and_loaded(korean, tmp_path):
    korean.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert facts(again("독립 만세")) == facts(korean("독립 만세"))


def test_the_component_pickles(korean):
    component = korean.get_pipe("cjkv_phon")
    again = pickle.loads(pickle.dumps(component))
    assert again.transcriber.signature == component.transcriber.signature


def test_tokens_without_the_component_have_none():
    assert spacy.blank("xx")("독립")[0]._.phon_units is None
