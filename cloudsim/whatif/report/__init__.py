"""What a sweep found, to look at and to compare: one offline page, and what changed between two sweeps.

Read it in this order. ``results`` reads a folder of results; ``runs`` and ``words`` are what all else says it with.
``comparing`` sets two variants side by side, run by run. ``findings`` are sentences that a planner can act on,
``sections`` the tables, ``plots`` the plots, ``page`` puts all on one page.
"""

from cloudsim.whatif.report.page import PAGE as PAGE
from cloudsim.whatif.report.page import write_page as write_page
from cloudsim.whatif.report.page import write_report as write_report
from cloudsim.whatif.report.results import Results as Results
from cloudsim.whatif.report.results import read_results as read_results
