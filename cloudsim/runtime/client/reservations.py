"""The client's methods on blocks of a vSwitch that are set aside for prefixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cloudsim.api.requests import (
    CreateVSwitchCidrReservation,
    DeleteVSwitchCidrReservation,
    ListVSwitchCidrReservations,
)
from cloudsim.api.responses import (
    CreateVSwitchCidrReservationResponse,
    DeleteVSwitchCidrReservationResponse,
    ListVSwitchCidrReservationsResponse,
)
from cloudsim.runtime.client.asking import Asking

if TYPE_CHECKING:
    from typing import Unpack

    from cloudsim.runtime.parameters.reservations import (
        CreateVSwitchCidrReservationParameters,
        DeleteVSwitchCidrReservationParameters,
        ListVSwitchCidrReservationsParameters,
    )


class ReservationMethods(Asking):
    """Methods on blocks of a vSwitch that are set aside for prefixes; what they raise stands at ``Client``."""

    async def create_vswitch_cidr_reservation(
        self, **parameters: Unpack[CreateVSwitchCidrReservationParameters]
    ) -> CreateVSwitchCidrReservationResponse:
        """Set a block of a vSwitch aside for prefixes."""
        return await self._ask(CreateVSwitchCidrReservation, CreateVSwitchCidrReservationResponse, parameters)

    async def delete_vswitch_cidr_reservation(
        self, **parameters: Unpack[DeleteVSwitchCidrReservationParameters]
    ) -> DeleteVSwitchCidrReservationResponse:
        """Give a block that was set aside back to ordinary use."""
        return await self._ask(DeleteVSwitchCidrReservation, DeleteVSwitchCidrReservationResponse, parameters)

    async def list_vswitch_cidr_reservations(
        self, **parameters: Unpack[ListVSwitchCidrReservationsParameters]
    ) -> ListVSwitchCidrReservationsResponse:
        """List the blocks that are set aside for prefixes."""
        return await self._ask(ListVSwitchCidrReservations, ListVSwitchCidrReservationsResponse, parameters)
