"""The consultation report: one frozen value, shown as a page, DOCX, PDF and XLSX."""
