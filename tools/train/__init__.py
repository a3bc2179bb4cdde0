"""Training of the small land-cover model that ships with OCS-IA (NAF, 15 classes, R,V,B at 20 cm)."""
