"""What an exploration found, to look at: one offline page for a browser, and a trace for Perfetto."""

from cloudsim.scenario.page.page import write_page as write_page
from cloudsim.scenario.page.trace import chrome_of as chrome_of
