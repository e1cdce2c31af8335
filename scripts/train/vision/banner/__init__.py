"""Parts of `banners.py`: words, fonts, the canvas that keeps text boxes, backgrounds and layouts."""
