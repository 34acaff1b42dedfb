"""Scripts for whoever works on sitegen: pictures, icons, fonts, slow checks."""
