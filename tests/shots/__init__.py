"""The pictures of the 帮助中心, declared by chapter and taken by `make screenshots`."""
