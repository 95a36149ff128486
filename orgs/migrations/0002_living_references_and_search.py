"""Composite keys that let living rows point only at living organisations, and the trigram index of full names."""

from django.db import migrations

FORWARD = """
ALTER TABLE orgs_post ADD CONSTRAINT post_in_living_organization
    FOREIGN KEY (organization_id, live) REFERENCES orgs_organization (id, live);
ALTER TABLE orgs_seat ADD CONSTRAINT seat_in_living_organization
    FOREIGN KEY (organization_id, live) REFERENCES orgs_organization (id, live);
ALTER TABLE orgs_seat ADD CONSTRAINT seat_through_living_post_there
    FOREIGN KEY (post_id, organization_id, live) REFERENCES orgs_post (id, organization_id, live);
CREATE INDEX organization_full_name_trigrams ON orgs_organization
    USING gin (full_name gin_trgm_ops) WHERE deleted_at IS NULL;
"""
BACKWARD = """
DROP INDEX organization_full_name_trigrams;
ALTER TABLE orgs_seat DROP CONSTRAINT seat_through_living_post_there;
ALTER TABLE orgs_seat DROP CONSTRAINT seat_in_living_organization;
ALTER TABLE orgs_post DROP CONSTRAINT post_in_living_organization;
"""


class Migration(migrations.Migration):
    dependencies = [("orgs", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
