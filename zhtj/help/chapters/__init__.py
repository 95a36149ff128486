"""The answers by chapter, one module each with its `TOPICS`."""
