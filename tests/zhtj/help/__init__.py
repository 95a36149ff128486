"""Tests of the 帮助中心."""
