"""Reading: consultations, documents, provisions, their history and comparison of editions."""
