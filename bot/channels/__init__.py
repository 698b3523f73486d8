"""One file per channel: ``read()`` makes an Inbound of a request, ``write()`` renders replies."""
