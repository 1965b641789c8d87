"""The application for a WSGI server: ``gunicorn wsgi:app``, ``flask --app wsgi …``."""

from app import create_app

app = create_app()
