"""Other libraries: spaCy, Hugging Face datasets, Ray. Each needs an extra."""
