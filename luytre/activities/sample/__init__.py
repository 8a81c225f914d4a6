"""Made-up records that yield the known figures of three provinces; every name in them says that it is a sample."""
