"""What the tests of imports share: a file sent by the form and checked."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from members.models import ImportBatch
from members.roster import batch as batches


@pytest.fixture
def upload(client):
    """`upload(account, raw)` sends a file by the form and lets the worker check it."""

    def upload(account, raw, name="名单.xlsx", **fields):
        client.force_login(account)
        response = client.post("/imports/new/", {"file": SimpleUploadedFile(name, raw), **fields})
        assert response.status_code == 302, response.content.decode()
        batch = ImportBatch.objects.latest("pk")
        batches.work(batch.pk)
        batch.refresh_from_db()
        return batch

    return upload
