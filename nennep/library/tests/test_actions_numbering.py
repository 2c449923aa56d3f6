"""Many at the same moment draw from one series: no gap, no double. On the database of this run."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from nennep.library.actions.issuing import issue_document, reserve_number, void_number
from nennep.library.models import Document, NumberSeries
from nennep.library.queries.numbers import book_of
from nennep.library.tests.factories_registers import drafted, make_registers
from nennep.organisation.models import Term

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 24


def all_at_once(jobs):
    gate = threading.Barrier(len(jobs))

    def run(job):
        gate.wait()
        try:
            return job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [done.result() for done in [pool.submit(run, job) for job in jobs]]


def test_documents_issued_reserved_and_voided_at_once_leave_no_gap_and_no_double(monkeypatch):
    monkeypatch.setenv("NENNEP_TODAY", "2024-06-13")
    with transaction.atomic():
        registers = make_registers()
        drafts = [drafted(registers) for _ in range(THREADS)]
    by = registers.secretary

    def act(number, draft):
        if number % 3 == 0:
            void_number(reserve_number(draft, by=by), reason="Không ban hành", by=by)
        else:
            issue_document(draft, by=by)

    all_at_once([lambda n=n, d=d: act(n, d) for n, d in enumerate(drafts)])
    numbers = sorted(Document.objects.values_list("number", flat=True))
    assert numbers == list(range(1, THREADS + 1))
    assert NumberSeries.objects.get().last == THREADS
    (book,) = book_of(Term.objects.get(body__unit=registers.cell))
    assert (len(book.rows), book.unknown) == (THREADS, [])
    assert sum(row.state == "void" for row in book.rows) == THREADS // 3


def test_one_document_issued_by_many_hands_gets_one_number(monkeypatch):
    monkeypatch.setenv("NENNEP_TODAY", "2024-06-13")
    with transaction.atomic():
        registers = make_registers()
        draft = drafted(registers)
    jobs = [lambda: issue_document(draft, by=registers.secretary)] * THREADS
    assert {document.symbol for document in all_at_once(jobs)} == {"01-KH/CB"}
    assert NumberSeries.objects.get().last == 1
