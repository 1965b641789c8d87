"""The application for a WSGI server: ``gunicorn wsgi:app``, ``flask --app wsgi …``."""

from app import create_app
from app.platform.ready import make_ready

app = create_app()
make_ready(app)
