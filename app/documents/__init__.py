"""Documents, how a draft is imported, editions and the permanent identity of provisions."""
