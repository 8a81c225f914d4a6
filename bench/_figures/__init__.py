"""The parts of `script/bench figures`: one nation, asked and written to in several ways."""
