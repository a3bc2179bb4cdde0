"""What a job leaves behind: rasters, polygons, tables, each with its style, each whole or absent."""
