"""The only rooms that know WordprocessingML. Bytes in, bytes out."""
