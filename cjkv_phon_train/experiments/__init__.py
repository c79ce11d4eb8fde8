"""The paper's experiments as one command: suites of runs, how they are run, what came out."""
