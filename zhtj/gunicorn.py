"""How the web server runs; address and number of processes come from the environment."""

import os

from zhtj.settings.logs import LOGGING

wsgi_app = "zhtj.wsgi"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 90
graceful_timeout = 5
control_socket_disable = True
accesslog = None  # addresses of people and what they looked at are the audit's business
logconfig_dict = LOGGING
