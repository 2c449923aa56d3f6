"""The one way a rule says no."""


class Refusal(Exception):
    """The request was well formed, but a rule of the organisation says no.

    The message is translated, says what is wrong and what to do, and is shown as it stands.
    Pages, the command line and jobs each turn it into their own kind of answer, in one place each.
    """

    def __init__(self, message: str, *, code: str, field: str = "") -> None:
        super().__init__(message)
        self.message = str(message)
        self.code = code
        self.field = field
