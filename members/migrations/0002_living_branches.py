"""Composite keys: a 团籍 lies in a living branch and carries that branch's path, kept by the database."""

from django.db import migrations

FORWARD = """
ALTER TABLE members_member ADD CONSTRAINT member_in_living_branch
    FOREIGN KEY (branch_id, live) REFERENCES orgs_organization (id, live);
ALTER TABLE members_member ADD CONSTRAINT member_carries_branch_path
    FOREIGN KEY (branch_id, branch_path) REFERENCES orgs_organization (id, path) ON UPDATE CASCADE;
ALTER TABLE members_membership ADD CONSTRAINT membership_in_living_branch
    FOREIGN KEY (branch_id, live) REFERENCES orgs_organization (id, live);
"""
BACKWARD = """
ALTER TABLE members_membership DROP CONSTRAINT membership_in_living_branch;
ALTER TABLE members_member DROP CONSTRAINT member_carries_branch_path;
ALTER TABLE members_member DROP CONSTRAINT member_in_living_branch;
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial"), ("orgs", "0002_living_references_and_search")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
