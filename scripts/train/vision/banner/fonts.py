"""Open fonts, as Debian packages them. All are under the licence beside their package.

apt install $(python -c "from banner.fonts import PACKAGES; print(*PACKAGES)")
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFont

OFL = "OFL-1.1"
PACKAGES = {
    "fonts-allerta": OFL,
    "fonts-arapey": OFL,
    "fonts-averia-sans-gwf": OFL,
    "fonts-bebas-neue": OFL,
    "fonts-cabin": OFL,
    "fonts-cabinsketch": OFL,
    "fonts-cantarell": OFL,
    "fonts-cherrybomb": OFL,
    "fonts-comfortaa": OFL,
    "fonts-comic-neue": OFL,
    "fonts-courier-prime": OFL,
    "fonts-crosextra-caladea": "Apache-2.0",
    "fonts-crosextra-carlito": OFL,
    "fonts-dancingscript": OFL,
    "fonts-dejavu-core": "Bitstream-Vera",
    "fonts-dejavu-extra": "Bitstream-Vera",
    "fonts-dosis": OFL,
    "fonts-dotgothic16": OFL,
    "fonts-droid-fallback": "Apache-2.0",
    "fonts-ebgaramond": OFL,
    "fonts-firacode": OFL,
    "fonts-goudybookletter": "public domain",
    "fonts-inconsolata": OFL,
    "fonts-inter": OFL,
    "fonts-jetbrains-mono": "Apache-2.0",
    "fonts-karla": OFL,
    "fonts-kaushanscript": OFL,
    "fonts-lato": OFL,
    "fonts-league-spartan": OFL,
    "fonts-leckerli-one": OFL,
    "fonts-liberation": OFL,
    "fonts-lobster": OFL,
    "fonts-lobstertwo": OFL,
    "fonts-manrope": OFL,
    "fonts-open-sans": "Apache-2.0",
    "fonts-oxygen": OFL,
    "fonts-play": OFL,
    "fonts-prociono": "public domain",
    "fonts-quattrocento": OFL,
    "fonts-quicksand": OFL,
    "fonts-reggae": OFL,
    "fonts-roboto-slab": "Apache-2.0",
    "fonts-roboto-unhinted": "Apache-2.0",
    "fonts-sora": OFL,
    "fonts-tuffy": "public domain",
    "fonts-vollkorn": OFL,
    "fonts-yanone-kaffeesatz": OFL,
    "fonts-yusei-magic": OFL,
}

# Beginnings of file names by use. A beginning that finds nothing is an error: the pictures would differ.
STYLES = {
    "sans": "Lato- OpenSans- Roboto- Inter- Quicksand- Cabin- Cantarell- Carlito- DejaVuSans LiberationSans- "
    "Karla Manrope Sora- Tuffy Oxygen- Dosis- Play- Averia".split(),
    "serif": "EBGaramond LiberationSerif- DejaVuSerif Caladea- Vollkorn- Quattrocento RobotoSlab Prociono Arapey- "
    "Goudy".split(),
    "display": "BebasNeue LeagueSpartan Comfortaa- allerta_ CherryBomb Reggae CabinSketch Yanone LeckerliOne "
    "Lobster RobotoCondensed- OpenSans-CondBold OpenSans-ExtraBold Lato-Black Roboto-Black Inter-Black".split(),
    "hand": "DancingScript KaushanScript ComicNeue- YuseiMagic Lobster LeckerliOne".split(),
    "mono": "Courier_Prime DejaVuSansMono LiberationMono- Inconsolata FiraCode- JetBrainsMono- DotGothic16".split(),
    "cjk": ["DroidSansFallback"],
}
MUST_DRAW = "ñáéíóúÁÑ¿¡€%$&0"


class Fonts:
    """Font files by style; sizes are kept open."""

    def __init__(self, folder: Path) -> None:
        files = sorted((p for p in folder.rglob("*") if p.suffix in (".ttf", ".otf")), key=lambda p: p.name)
        self._families: dict[str, list[list[Path]]] = {}
        missing: list[str] = []
        for style, beginnings in STYLES.items():
            chosen: dict[str, list[Path]] = {}
            for start in beginnings:
                found = {p.stem: p for p in files if p.name.replace(" ", "_").startswith(start)}
                chosen[start] = [p for p in found.values() if style == "cjk" or _draws(p)]
                missing += [] if found else [start]
            self._families[style] = [group for group in chosen.values() if group]
        if missing:
            raise SystemExit(f"no font file begins with {', '.join(missing)}; install {' '.join(PACKAGES)}")

    def pick(self, r: Random, style: str | None = None) -> Path:
        """Families are equally likely, whatever their number of weights."""
        style = style or r.choice(("sans", "sans", "sans", "serif", "display", "display", "hand"))
        return r.choice(r.choice(self._families[style]))


@lru_cache(600)
def sized(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), max(4, size), layout_engine=ImageFont.Layout.BASIC)


def _draws(path: Path) -> bool:
    """Whether the font has every letter the phrases need: none looks like a letter it surely lacks."""
    try:
        font = sized(path, 24)
        absent = _drawn(font, "\U000e0fff")
        return all((shape := _drawn(font, letter)) != absent and any(shape) for letter in MUST_DRAW)
    except OSError:
        return False


def _drawn(font: ImageFont.FreeTypeFont, letter: str) -> bytes:
    picture = Image.new("L", (48, 48))
    ImageDraw.Draw(picture).text((6, 36), letter, 255, font, anchor="ls")
    return picture.tobytes()
