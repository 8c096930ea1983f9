"""Rules of the family's machine: ClientTokens of creates and assigns."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from cloudsim.api.requests import AssignPrivateIpAddresses, Request
from cloudsim.api.troubles import BurnToken
from cloudsim.operations.operation import Phase
from tests.simulation.family.base import FATES, WHICH, FamilyBase, part
from tests.simulation.family.naive_things import NaiveToken, Pending, Wish
from tests.small_world import REGION, a_create, code

TOKENS = st.sampled_from(["token-1", "token-2", "token-3"])
CREATE, ASSIGN = "CreateNetworkInterface", "AssignPrivateIpAddresses"

ONCE = st.one_of(
    part(
        "create_once",
        token=TOKENS,
        vswitch=st.sampled_from(["vsw-a", "vsw-a", "vsw-b"]),
        count=st.integers(0, 1),
        fate=FATES,
    ),
    part(
        "create_once",
        token=TOKENS,
        vswitch=st.sampled_from(["vsw-a", "vsw-a", "vsw-b"]),
        count=st.integers(0, 1),
        fate=FATES,
    ),
    part("assign_once", token=TOKENS, which=WHICH, count=st.integers(1, 2), fate=FATES),
    part("assign_once", token=TOKENS, which=WHICH, count=st.integers(1, 2), fate=FATES),
    part("burn", token=st.sampled_from(["token-1", "token-4", "token-5"]), action=st.sampled_from([CREATE, ASSIGN])),
)


class TokenRules(FamilyBase):
    """Calls that say which one they are."""

    def create_once(self, token: str, vswitch: str, count: int, fate: str) -> None:
        wish = Wish(count=count)
        request = a_create(
            vswitch_id=vswitch,
            security_group_id="sg-1",
            secondary_private_ip_address_count=count or None,
            client_token=token,
        )

        def begin() -> Pending:
            drawn = self._drawn(vswitch)
            return Pending("create", self.naive.begin_create(vswitch, ["sg-1"], wish, drawn, kind="Secondary"))

        faults = self.naive.create_faults(vswitch, ["sg-1"], wish, kind="Secondary")
        self._once(token, (vswitch, count), request, faults, begin, fate)

    def assign_once(self, token: str, which: int, count: int, fate: str) -> None:
        eni, wish = self._eni(which), Wish(count=count)
        request = AssignPrivateIpAddresses(
            region_id=REGION,
            network_interface_id=self.ids[eni],
            secondary_private_ip_address_count=count,
            client_token=token,
        )
        self._once(
            token,
            (self.ids[eni], count),
            request,
            self.naive.assign_faults(eni, wish),
            lambda: self.naive.begin_assign(eni, wish, self._drawn(eni.vswitch)),
            fate,
        )

    def _once(
        self,
        token: str,
        said: tuple[object, ...],
        request: Request,
        faults: set[str],
        begin: Callable[[], Pending],
        fate: str,
    ) -> None:
        """Make a call with a token that nobody has used yet, or repeat one."""
        known = self.naive.token(request.action, token)
        if known is not None:
            self._repeat(known, said, request, fate)
            return
        fate = "ends" if faults and fate == "lost" else fate
        entry = self.naive.claim(request.action, token, said)

        def begin_it() -> Pending:
            pending = begin()
            pending.token = entry
            if pending.kind == "assign":
                entry.addresses = self._texts(pending.eni.vswitch, pending.drawn)["private_ip_addresses"]
            entry.eni = pending.eni
            return pending

        reply = self._two_steps(request, faults, begin_it, fate=fate, last=Phase.COMMIT)
        if faults:
            self.naive.settle(entry, code(reply))
        elif fate == "hangs":
            self.naive.settle(entry, "burnt")
        elif fate == "fails":
            self.naive.settle(entry, "InternalError")
        elif fate != "held":
            self.naive.settle(entry, "ok")

    def _repeat(self, known: NaiveToken, said: tuple[object, ...], request: Request, fate: str) -> None:
        held, faults = self.sim.held, known.faults(said)
        if fate == "lost":
            self._plan(request, fate, Phase.COMMIT)
        reply = self._send(request)
        self.sim.run()
        assert self.sim.held == held, "a repeat changes nothing"
        if fate == "lost":
            assert not reply.is_settled
            return
        self._judge(reply, faults)
        if faults:
            return
        assert known.eni is not None
        answer: Any = reply.result()
        if request.action == CREATE:
            assert answer.network_interface_id == self.ids[known.eni]
        else:
            assert answer.assigned_private_ip_addresses_set.private_ip_addresses == known.addresses

    def burn(self, token: str, action: str) -> None:
        self._ask(BurnToken(account="acme", region_id=REGION, of_action=action, client_token=token), set())
        self.naive.settle(self.naive.claim(action, token, None), "burnt")
