"""A territory by dalles of whole kilometres: planned once, computed in any order by any number of processes."""
