"""Filling a seat voids the code that was given out for it, whichever act filled it (§4).

Deferred to the end of the transaction, so that registration can use its code up after taking the seat.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION void_code_of_filled_seat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE regcodes_registrationcode SET voided_at = now()
     WHERE organization_id = NEW.organization_id AND seat_number = NEW.number
       AND used_at IS NULL AND voided_at IS NULL;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER filled_seat_voids_its_code AFTER INSERT ON orgs_seat
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION void_code_of_filled_seat();
"""
BACKWARD = """
DROP TRIGGER filled_seat_voids_its_code ON orgs_seat;
DROP FUNCTION void_code_of_filled_seat();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("regcodes", "0003_tell_wrong_case"),
        ("orgs", "0004_pending_petitions_in_living_organizations"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
