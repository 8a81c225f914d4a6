"""A plausible nation of made-up records, as large as the country, for trying and measuring."""
