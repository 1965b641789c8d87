"""What any web application of this house needs: database, access, mail, clock; no domain words."""
