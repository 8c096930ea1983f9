"""Libraries that come with an extra: imported where they are used, and missed with a word on what to install.

The base install stays light (ecosystem.md section 0), so nothing of scipy, pyarrow, plotly or dask is imported at the
top of a file.
"""

from importlib import import_module
from types import ModuleType

from cloudsim.errors.own import MissingExtra


def need(module: str, *, extra: str) -> ModuleType:
    """Import a library that only an extra of the distribution brings.

    Args:
        module: what to import, such as ``scipy.special``.
        extra: the extra that brings it, such as ``whatif``.

    Raises:
        MissingExtra: the library is not installed; the text says how to install it.
    """
    library = module.partition(".")[0]
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != library:
            raise  # the library is there and misses something of its own
        raise MissingExtra(library, extra=extra) from None
