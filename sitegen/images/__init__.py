"""Photo derivatives and social cards; probe, processing, card_renderer and card_text need Pillow."""
