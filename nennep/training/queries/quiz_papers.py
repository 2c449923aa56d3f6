"""A quiz on paper: a sheet without a name, and the key."""

from django.urls import reverse

from nennep.core.text import vn_date
from nennep.organisation.models import Unit
from nennep.papers.paper import QR, Block, BulletList, Heading, Masthead, Note, Paper, Paragraph
from nennep.training.models import Quiz
from nennep.training.queries.quizzes import questions_of, token_of
from nennep.training.queries.wording import worded

LETTERS = "ABCDEF"
BOX = "☐"


def quiz_paper(quiz: Quiz, cell: Unit, host: str) -> Paper:
    """No room for a name. The QR leads to the same questions; it is the same for the whole cell."""
    blocks: list[Block] = [Paragraph(worded("quiz.how"), is_indented=False)]
    for number, question in enumerate(questions_of(quiz), 1):
        blocks.append(Heading(question.text, 2, mark=worded("quiz.question", number=number)))
        blocks.append(
            BulletList(
                [
                    f"{letter}. {said}"
                    for letter, said in zip(LETTERS, question.options, strict=False)
                ],
                mark=BOX,
            )
        )
    if quiz.is_open:
        address = host + reverse("training:answer", args=[token_of(quiz, cell)])
        blocks.append(QR(address, caption=worded("quiz.qr")))
    blocks.append(Note(worded("quiz.privacy")))
    return _paper(quiz, cell, "quiz.title", "phieu-trac-nghiem", blocks)


def key_paper(quiz: Quiz, cell: Unit, _host: str) -> Paper:
    lines = [
        worded(
            "quiz.key_line",
            number=number,
            letter=LETTERS[question.right],
            words=question.options[question.right],
        )
        for number, question in enumerate(questions_of(quiz), 1)
    ]
    return _paper(quiz, cell, "quiz.key_title", "dap-an-trac-nghiem", [BulletList(lines)])


PAPERS = {"phieu": quiz_paper, "dap-an": key_paper}


def _paper(quiz: Quiz, cell: Unit, title: str, stem: str, blocks: list[Block]) -> Paper:
    return Paper(
        Masthead(cell.parent.name if cell.parent else "", cell.name),
        worded(title),
        blocks,
        summary=worded("quiz.summary", title=quiz.title, day=vn_date(quiz.closes_on)),
        day=quiz.opens_on,
        file_stem=f"{stem}-{cell.code.lower()}",
    )
