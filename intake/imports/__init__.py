"""Lists from workbooks: read, looked at, confirmed, filed. A row is filed, or says why not."""
