"""How a register says no."""


class Refused(Exception):
    """The register does not take this; `field` names the input, the message is a sentence for the person."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field
