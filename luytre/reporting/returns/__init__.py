"""Returns (biểu báo cáo): what units owe, the page they fill, its checks, and who has sent what."""
