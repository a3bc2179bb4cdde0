"""OCS GE cover from class rasters."""
