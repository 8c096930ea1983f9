"""What came of a run of the laboratory, for machines (``document``, ``csv_rows``) and as one offline page."""
