"""Development scripts: pictures, icons, fonts, slow checks."""
