from cjkv_phon import Transcriber


def test_particles_are_written_ha_and_said_wa():
    token = Transcriber("ja")(["私", "は", "東京", "へ", "行く"])[1]
    assert (token.reading, token.romanization, token.ipa) == ("は", "wa", "wa")


def test_as_many_tokens_come_out_as_went_in():
    assert len(Transcriber("ja")(["", "学", "校", "", "a b"])) == 5
