#!/usr/bin/env python
"""The one door to every command of 智慧团建."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhtj.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:  # a sentence for whoever set it up, not a trace
        sys.exit(str(fault))
