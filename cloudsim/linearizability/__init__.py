"""Linearizability: whether what the callers saw can be explained by one call after the other.

The history of a run, each call with its departure and its answer, is held against the sequential cloud, one resource at
a time: ENIs, addresses, ClientTokens, the ENI quota, and the names of VPCs and vSwitches. A call whose answer never
came may have taken effect at any point after its departure, or never. What the models leave open is said beside them;
they are made so that a correct cloud is never accused, and what they cannot decide they call undecided.

    history = History(simulation)
    simulation.observers.append(history)        # before the first call
    ...
    for violation in history.judge().violations:
        print(violation.text)

What is not judged: actions without a model (``Judgement.unjudged`` counts them), refusals that speak of nothing that a
model keeps, filters other than ids, what only a page shows to be missing, and the ENIs of launches beyond what shows
them. A refusal that a fault makes up, such as a planned InvalidEniId.NotFound of an ENI that is there, is a violation.

Pure and synchronous: nothing here waits, and the simulation does not know of it.

Source: Wing and Gong; Lowe; Horn and Kroening, as :mod:`cloudsim.linearizability.search` says; Knossos and Porcupine.
"""

from cloudsim.linearizability.check import Judgement as Judgement
from cloudsim.linearizability.check import check_history as check_history
from cloudsim.linearizability.check import judge as judge
from cloudsim.linearizability.history import History as History
from cloudsim.linearizability.observed import Observed as Observed
from cloudsim.linearizability.observed import Violation as Violation
from cloudsim.linearizability.start import Start as Start
from cloudsim.linearizability.start import start_of as start_of
