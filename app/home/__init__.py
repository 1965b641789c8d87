"""The front door: the home page, pages about the service, language and health."""
