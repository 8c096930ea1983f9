"""The token book against a naive one: a table of tokens with their endings and the instants of these."""

from dataclasses import dataclass

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from cloudsim.errors.base import ApiError
from cloudsim.errors.network import InvalidVSwitchIdNotFound
from cloudsim.errors.service import InternalError
from cloudsim.errors.tokens import IdempotentFailed, IdempotentParameterMismatch, IdempotentProcessing
from cloudsim.resources.journal import Journal
from cloudsim.resources.ledger import Ledger
from cloudsim.resources.tokens import ClaimedToken, NoToken, TokenBook

WINDOW_NS = 50
CREATE, ASSIGN = "CreateNetworkInterface", "AssignPrivateIpAddresses"


class Answer(msgspec.Struct, frozen=True):
    """What a call is answered."""

    number: int


def a_book() -> TokenBook:
    return TokenBook("acme", Ledger(Journal(keep=True)))


def size(book: TokenBook) -> int:
    """How many tokens a book holds, expired ones included that no claim has swept away yet."""
    return sum(map(len, book._by_action.values()))


def test_actions_do_not_share_tokens() -> None:
    book = a_book()
    with book.claim(CREATE, "t", b"c", WINDOW_NS), book.claim(ASSIGN, "t", b"a", WINDOW_NS) as other:
        assert other.repeat is None
        assert book.running() == [f"{CREATE}/t", f"{ASSIGN}/t"]


def test_a_repeat_settles_nothing_and_leaves_the_answer_as_it_is() -> None:
    book = a_book()
    with book.claim(CREATE, "t", b"c", WINDOW_NS) as claim:
        claim.settle(Answer(1))
    with book.claim(CREATE, "t", b"c", WINDOW_NS) as repeat:
        assert repeat.repeat == Answer(1)
        with pytest.raises(AssertionError, match="settles nothing"):
            repeat.settle(Answer(2))
    with book.claim(CREATE, "t", b"c", WINDOW_NS) as repeat:
        assert repeat.repeat == Answer(1)


def test_a_call_without_a_token_leaves_nothing() -> None:
    with NoToken() as claim:
        claim.settle(Answer(1))
        assert claim.repeat is None


def test_expired_tokens_are_swept_away_so_the_book_does_not_grow_with_the_run() -> None:
    book = a_book()
    for instant_ns in range(1000):
        book.ledger.now_ns = instant_ns
        with book.claim(CREATE, f"t-{instant_ns}", b"c", WINDOW_NS) as claim:
            claim.settle(Answer(instant_ns))
        assert size(book) <= WINDOW_NS + 1


def test_a_call_that_hangs_keeps_its_own_token_and_the_sweep_goes_on_behind_it_when_it_ends() -> None:
    book = a_book()
    with book.claim(CREATE, "hangs", b"c", WINDOW_NS) as hanging:
        for instant_ns in range(200):
            book.ledger.now_ns = instant_ns
            with book.claim(CREATE, f"t-{instant_ns}", b"c", WINDOW_NS) as claim:
                claim.settle(Answer(instant_ns))
        hanging.settle(Answer(-1))
    book.ledger.now_ns = 1000
    with book.claim(CREATE, "last", b"c", WINDOW_NS):
        assert size(book) == 1


def test_a_token_that_was_freed_does_not_stand_in_the_way_of_the_sweep() -> None:
    book = a_book()
    with pytest.raises(InternalError), book.claim(CREATE, "freed", b"c", WINDOW_NS):
        raise InternalError
    for instant_ns in range(200):
        book.ledger.now_ns = instant_ns
        with book.claim(CREATE, f"t-{instant_ns}", b"c", WINDOW_NS) as claim:
            claim.settle(Answer(instant_ns))
    assert size(book) <= WINDOW_NS + 1


def test_looking_up_overwrites_what_another_call_settled_meanwhile() -> None:
    book = a_book()
    with book.look_up(CREATE, "t", b"c", WINDOW_NS) as one, book.look_up(CREATE, "t", b"c", WINDOW_NS) as two:
        one.settle(Answer(1))
        two.settle(Answer(2))
    assert book.look_up(CREATE, "t", b"c", WINDOW_NS).repeat == Answer(2)


@dataclass
class Known:
    """What the naive book knows of a token."""

    parameters: bytes
    ending: Answer | ApiError | str
    ended_ns: int = -1


class TokenMachine(RuleBasedStateMachine):
    """A book against a dictionary."""

    claims = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        self.book = a_book()
        self.known: dict[str, Known] = {}
        self.answers = 0
        self.tokens: dict[int, str] = {}

    @property
    def now_ns(self) -> int:
        return self.book.ledger.now_ns

    def _lookup(self, token: str) -> Known | None:
        known = self.known.get(token)
        if known is None or (known.ended_ns >= 0 and known.ended_ns + WINDOW_NS <= self.now_ns):
            return None
        return known

    @rule(target=claims, token=st.sampled_from("abc"), parameters=st.sampled_from([b"1", b"2"]))
    def claim(self, token: str, parameters: bytes) -> object:
        known = self._lookup(token)
        if known is None:
            claim = self.book.claim(CREATE, token, parameters, WINDOW_NS)
            assert claim.repeat is None
            self.known[token] = Known(parameters, "running")
            self.tokens[id(claim)] = token
            return claim
        refusal: type[ApiError] | None = None
        if known.parameters != parameters:
            refusal = IdempotentParameterMismatch
        elif known.ending == "running":
            refusal = IdempotentProcessing
        elif known.ending == "burnt":
            refusal = IdempotentFailed
        if refusal is not None:
            with pytest.raises(refusal, match=f'"{token}"'):
                self.book.claim(CREATE, token, parameters, WINDOW_NS)
        else:
            with self.book.claim(CREATE, token, parameters, WINDOW_NS) as repeat:
                assert repeat.repeat == known.ending
        return multiple()

    def _end(self, claim: ClaimedToken, ending: Answer | ApiError | str | None) -> None:
        token = self.tokens.pop(id(claim))
        if ending is None:
            del self.known[token]
        else:
            self.known[token].ending = ending
            self.known[token].ended_ns = self.now_ns

    @rule(claim=consumes(claims))
    def succeed(self, claim: ClaimedToken) -> None:
        self.answers += 1
        with claim:
            claim.settle(Answer(self.answers))
        self._end(claim, Answer(self.answers))

    @rule(claim=consumes(claims))
    def be_refused(self, claim: ClaimedToken) -> None:
        error = InvalidVSwitchIdNotFound(vswitch=f"vsw-{self.answers}")
        with pytest.raises(InvalidVSwitchIdNotFound), claim:
            raise error
        self._end(claim, error)

    @rule(claim=consumes(claims))
    def be_told_to_try_later(self, claim: ClaimedToken) -> None:
        with pytest.raises(InternalError), claim:
            raise InternalError
        self._end(claim, None)

    @rule(claim=consumes(claims), is_closed=st.booleans())
    def be_abandoned(self, claim: ClaimedToken, *, is_closed: bool) -> None:
        if is_closed:
            with pytest.raises(GeneratorExit), claim:
                raise GeneratorExit
        else:
            with claim:
                pass
        self._end(claim, "burnt")

    @rule(by_ns=st.sampled_from([1, WINDOW_NS - 1, WINDOW_NS]))
    def pass_time(self, by_ns: int) -> None:
        self.book.ledger.now_ns += by_ns

    @invariant()
    def the_same_tokens_run(self) -> None:
        running = [token for token, known in self.known.items() if known.ending == "running"]
        assert sorted(self.book.running()) == sorted(f"{CREATE}/{token}" for token in running)

    @invariant()
    def nothing_is_forgotten_too_early(self) -> None:
        assert size(self.book) >= sum(self._lookup(token) is not None for token in self.known)


TestTokenMachine = TokenMachine.TestCase
TestTokenMachine.settings = settings()
