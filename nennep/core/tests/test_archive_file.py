"""The file of a backup: read back as it was written, and any other byte is noticed in words."""

import io
import random
import tarfile
from dataclasses import replace

import pytest

from nennep.core.archive import envelope, keys
from nennep.core.archive.container import ContainerReader, ContainerWriter
from nennep.core.archive.damage import Damaged
from nennep.core.archive.kinds import Column, Kind, Table
from nennep.core.archive.manifest import About
from nennep.core.archive.reading import check, opened, secret_for
from nennep.core.archive.writing import write_archive
from nennep.core.refusal import Refusal

TABLE = Table("people", (Column("id", Kind.WHOLE), Column("name", Kind.TEXT)), ("id",))
EMPTY = replace(TABLE, name="sessions")
ABOUT = About("0.1.0", "2024-06-13", "sqlite", ["core.0001_initial"], [TABLE, EMPTY], ["sessions"])
LINES = "".join(f"{number}\tNgười {number}\n" for number in range(300)).encode()


class Taken:
    tables = (TABLE, EMPTY)

    def lines(self, table):
        yield 300, LINES

    def size_of(self, table):
        return 300


class Taker:
    def __init__(self):
        self.lines, self.files, self.secret = {}, {}, None

    def rows(self, table, lines):
        self.lines[table.name] = self.lines.get(table.name, b"") + lines

    def file(self, name, chunks):
        self.files[name] = b"".join(chunks)

    def secret_key(self, content):
        self.secret = content


@pytest.fixture
def store(tmp_path):
    folder = tmp_path / "files"
    (folder / "signed").mkdir(parents=True)
    (folder / "signed" / "one").write_bytes(b"photo")
    (folder / "signed" / ".being-written").write_bytes(b"half")
    return folder


def write(path, store, public=None, secret_key=None):
    with path.open("wb") as raw:
        closing = envelope.Closing(raw, keys.public_key(public)) if public else None
        written = write_archive(
            closing or raw, ABOUT, Taken(), files=store, secret_key=secret_key,
            report=lambda *_: None,
        )  # fmt: skip
        if closing:
            closing.close()
    return written, closing.secret if closing else None


def read(path, secret=None):
    taker = Taker()
    with opened(path, secret) as archive:
        for _step in archive.take(taker):
            pass
        return archive, taker


def test_a_backup_reads_back_as_it_was_written(tmp_path, store):
    written, _ = write(tmp_path / "a", store)
    archive, taker = read(tmp_path / "a")

    assert archive.about == ABOUT
    assert archive.manifest == written.manifest
    assert (archive.manifest.rows, archive.manifest.files) == (300, 1)
    assert taker.lines == {"people": LINES}
    assert taker.files == {"signed/one": b"photo"}
    assert taker.secret is None


def test_a_backup_is_an_ordinary_tar(tmp_path, store):
    """In twenty years, without this program."""
    write(tmp_path / "a", store)
    with tarfile.open(tmp_path / "a") as tar:
        assert tar.getnames() == [
            "READ-ME.txt", "about.json", "tables/people/0001.gz", "files/signed/one",
            "files.sha256", "manifest.json", "SHA256",
        ]  # fmt: skip


def test_a_closed_backup_opens_with_the_private_key_alone(tmp_path, store):
    private, public = keys.make_pair()
    _, secret = write(tmp_path / "a", store, public, secret_key=b"key of the installation")

    found = secret_for(tmp_path / "a", private)
    assert found == secret
    assert read(tmp_path / "a", found)[1].secret == b"key of the installation"
    assert "Người 7".encode() not in (tmp_path / "a").read_bytes()

    with pytest.raises(Refusal, match="--key"):
        read(tmp_path / "a")
    with pytest.raises(Refusal) as refused:
        secret_for(tmp_path / "a", keys.make_pair()[0])
    assert refused.value.code == "other_key"


@pytest.mark.parametrize("place", [16, 19, 23, 24, 55])
def test_a_damaged_name_of_the_key_is_called_damage_and_not_another_key(tmp_path, store, place):
    """Bytes 16 to 23 name the key; the rest of the head is found out with the first piece."""
    private, public = keys.make_pair()
    write(tmp_path / "a", store, public)
    content = bytearray((tmp_path / "a").read_bytes())
    content[place] ^= 1
    (tmp_path / "a").write_bytes(content)

    with pytest.raises(Damaged):
        read(tmp_path / "a", secret_for(tmp_path / "a", private))
    with pytest.raises(Refusal) as refused:
        secret_for(tmp_path / "a", keys.make_pair()[0])
    assert refused.value.code == "other_key"


@pytest.mark.parametrize("is_closed", [False, True])
def test_one_changed_byte_anywhere_is_noticed_in_words(tmp_path, store, is_closed):
    public = keys.make_pair()[1] if is_closed else None
    _, secret = write(tmp_path / "a", store, public)
    content = (tmp_path / "a").read_bytes()
    places = range(len(content)) if len(content) < 2_000 else chosen(len(content))
    changed = tmp_path / "b"
    for place in places:
        other = bytearray(content)
        other[place] ^= 1 << (place % 8)
        changed.write_bytes(other)
        with pytest.raises(Damaged):
            check(changed, secret)
        with pytest.raises(Refusal):
            read(changed, secret)


def chosen(size):
    """All of the beginning and the end, and a sample of what is between."""
    between = random.Random(11).sample(range(600, size - 2_100), 600)
    return [*range(600), *between, *range(size - 2_100, size)]


@pytest.mark.parametrize("is_closed", [False, True])
@pytest.mark.parametrize("cut", [1, 100, 512, 1024, 2048, 3000])
def test_a_backup_that_was_cut_off_or_goes_on_is_noticed(tmp_path, store, is_closed, cut):
    public = keys.make_pair()[1] if is_closed else None
    _, secret = write(tmp_path / "a", store, public)
    content = (tmp_path / "a").read_bytes()
    for other in (content[:-cut], content + bytes(cut)):
        (tmp_path / "b").write_bytes(other)
        with pytest.raises(Damaged):
            read(tmp_path / "b", secret)


def test_pieces_of_a_closed_file_cannot_change_places_or_be_left_out():
    _private, public = keys.make_pair()
    sink = io.BytesIO()
    closing = envelope.Closing(sink, keys.public_key(public))
    plain = bytes(3 * envelope.PIECE) + b"end"
    closing.write(plain)
    closing.close()
    content, size = sink.getvalue(), envelope.PIECE + envelope.TAG
    head, pieces = content[: envelope.HEAD], content[envelope.HEAD :]
    first, second, rest = pieces[:size], pieces[size : 2 * size], pieces[2 * size :]

    def open_again(body):
        opening = envelope.Opening(io.BytesIO(body), head, closing.secret)
        return opening.read(len(plain) + 1)

    assert open_again(pieces) == plain
    for body in (second + first + rest, first + rest, first + first + rest, first + second):
        with pytest.raises(Damaged):
            open_again(body)


def test_a_key_that_was_mistyped_is_not_a_key():
    private, public = keys.make_pair()
    assert keys.private_key(f" {private.upper()[:20]}\n{private[20:]} ").private_bytes_raw()

    letter = "a" if public[-5] != "a" else "b"
    for wrong in (public[:-5] + letter + public[-4:], public[:-1], private, "", "xyz"):
        with pytest.raises(Refusal):
            keys.public_key(wrong)


def test_what_is_no_backup_is_said_not_to_be_one(tmp_path):
    for content in (b"", b"text", bytes(4096)):
        (tmp_path / "a").write_bytes(content)
        with pytest.raises(Damaged):
            read(tmp_path / "a")


@pytest.mark.parametrize(
    "name", ["files/../../etc/passwd", "files//etc/passwd", "other", "tables/x/1.gz"]
)
def test_a_member_that_does_not_belong_is_refused(tmp_path, store, name):
    write(tmp_path / "a", store)
    with (tmp_path / "a").open("rb") as old, (tmp_path / "b").open("wb") as new:
        writer = ContainerWriter(new)
        for member in ContainerReader(old).members():
            writer.add(name if member.name == "files/signed/one" else member.name, member.content())
        writer.close()

    with pytest.raises(Damaged):
        read(tmp_path / "b")


def test_a_damaged_file_of_the_store_is_named(tmp_path, store):
    (store / "signed" / ("0" * 64)).write_bytes(b"not what it was")
    written, _ = write(tmp_path / "a", store)

    assert written.damaged == ["signed/" + "0" * 64]
    assert written.manifest.files == 2
