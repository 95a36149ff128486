"""The settings of the tests: those of a local installation, on a data folder of this run alone."""

import os

from tests.runs import run_folder

for name in ("ZHTJ_ENV", "ZHTJ_COLLECTED", "DATABASE_URL"):
    os.environ.pop(name, None)
if url := os.environ.get("TEST_DATABASE_URL"):  # to try another server than the embedded one
    os.environ["DATABASE_URL"] = url
os.environ["ZHTJ_DATA"] = str(run_folder())

from zhtj.settings import *  # noqa: E402, F403
