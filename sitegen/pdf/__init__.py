"""PDF files to copies without metadata, scripts and attachments, and to the words in them."""
