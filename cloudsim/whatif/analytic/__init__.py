"""What is known without simulation: formulas that the simulator must agree with, and quick answers for planners.

    erlang_b              a pool of addresses, or a quota, with arrivals at random and any lifetimes
    kaufman_roberts       the same for ENIs of different size (one plus secondary addresses)
    product_form          several vSwitches, each with its own arrivals, under one quota
    engset                a closed population: a fixed number of clients
    birthday, hypergeometric, ...   named addresses that collide, whole free blocks
    token_bucket          throttling by a bucket, as M/D/1/K; fixed_window: by the minute
    arrival_quantile      growth until the first rejection: Gamma

Pure Python and without state. What adds, multiplies and divides only takes floats or fractions and gives the same back,
so that it can be checked exactly; whole-number questions answer with fractions. Offered load is in erlang: arrivals per
unit of time times mean lifetime. A refused item is gone (no retry), and nothing takes time but the lifetimes.

Of a /28 the cloud keeps four addresses, so 12 can be given; 8 erlang on 12 places is blocked with 0.051406.
"""

from cloudsim.whatif.analytic.collisions import binomial as binomial
from cloudsim.whatif.analytic.collisions import binomial_at_most as binomial_at_most
from cloudsim.whatif.analytic.collisions import birthday as birthday
from cloudsim.whatif.analytic.collisions import collisions_expected as collisions_expected
from cloudsim.whatif.analytic.collisions import distinct as distinct
from cloudsim.whatif.analytic.collisions import free_blocks_expected as free_blocks_expected
from cloudsim.whatif.analytic.collisions import hypergeometric as hypergeometric
from cloudsim.whatif.analytic.engset import Congestion as Congestion
from cloudsim.whatif.analytic.engset import engset as engset
from cloudsim.whatif.analytic.erlang import carried as carried
from cloudsim.whatif.analytic.erlang import erlang_b as erlang_b
from cloudsim.whatif.analytic.erlang import kaufman_roberts as kaufman_roberts
from cloudsim.whatif.analytic.erlang import occupancy as occupancy
from cloudsim.whatif.analytic.erlang import places_needed as places_needed
from cloudsim.whatif.analytic.growth import arrival_by as arrival_by
from cloudsim.whatif.analytic.growth import arrival_quantile as arrival_quantile
from cloudsim.whatif.analytic.growth import linear_growth_time as linear_growth_time
from cloudsim.whatif.analytic.shared_quota import Shared as Shared
from cloudsim.whatif.analytic.shared_quota import product_form as product_form
from cloudsim.whatif.analytic.throttles import fixed_window as fixed_window
from cloudsim.whatif.analytic.throttles import token_bucket as token_bucket
