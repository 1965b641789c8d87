"""Remarks (uwagi): comments and amendments, their versions, replies, support and positions."""
