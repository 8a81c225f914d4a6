"""Figures in the forms of other systems: tables, CSV, SDMX-JSON, DHIS2's data value sets, Parquet."""
