"""What the drawn advertisements say: Spanish and English phrases, prices, addresses, receipts.

Written for this set. Phrases are only half of it: invented words and names keep a network from learning
the phrases by heart.
"""

from __future__ import annotations

from random import Random

LANGUAGES = ("es", "es", "en")

HEADLINES = {
    "es": """Tu café, como en casa|Rebajas de enero|Todo al 50 %|¿Listo para el verano?|
Vuelve el frío, vuelve el abrigo|Aprende inglés en 12 semanas|Tu primera clase gratis|Envío gratis desde 30 €|
Sin cuotas de entrada|La ruta que te falta|¡Últimas plazas!|Menos humo, más sabor|Cuida tu piel cada mañana|
Pan recién hecho|El colchón que no se hunde|Ahorra en tu factura de luz|Duerme mejor esta noche|
Estrena hogar en otoño|Hecho a mano en Oaxaca|2x1 en hamburguesas|¡Sólo este fin de semana!|Llega hoy a tu casa|
Ponte en forma sin gimnasio|Nueva colección|Vuelta al cole|Cambia de compañía en 5 minutos|
Tu perro también merece vacaciones|El regalo perfecto para mamá|Buen Fin|Hot Sale|Descubre el norte|
Cocina en 20 minutos|Pide ya y paga después|Adiós, manchas|Más kilómetros, menos gasolina|
¿Cuánto pagas por tu móvil?|Zapatillas para correr lejos|Todo lo que cabe en una mochila|Noche de tacos|
Feliz día del padre|Sabor que une|Vuelos desde 19 €|Meses sin intereses|Tu sonrisa, nuestra especialidad|
Gafas graduadas desde 49 €|Reserva tu mesa|Inscripciones abiertas|Concierto benéfico|Feria del libro|Se vende|
Gran inauguración|Liquidación total|Ropa que dura|Ofertón del día|Black Friday|Cyber Monday|
Gana un viaje a Cancún|Energía limpia para tu casa|Somos tu gestoría""",
    "en": """Your best coffee yet|Winter sale|Up to 70% off everything|Ready for summer?|Sleep better tonight|
Learn Spanish in 12 weeks|First class free|Free shipping over $35|No setup fees|The trail you have been missing|
Last few seats!|Less smoke, more flavor|Skin care made simple|Fresh bread daily|The mattress that lasts|
Cut your power bill|New arrivals|Back to school|Switch in 5 minutes|Dogs need holidays too|
The perfect gift for Mom|Buy one, get one free|This weekend only|At your door today|Get fit without a gym|
Order now, pay later|Goodbye, stains|More miles per gallon|How much is your phone plan?|Shoes made for distance|
Everything fits in one bag|Taco night|Flights from $49|Book your table|Now hiring|Grand opening|
Everything must go|Clothes that last|Deal of the day|Black Friday|Cyber Monday|Win a trip to Lisbon|
Clean energy for your home|Taxes done right|Live music tonight|Don't miss out|It's pizza o'clock|Made by hand|
The new classic|Simply better|Say hello to spring|Meet the all-new""",
}
LINES = {
    "es": """Solo hasta el domingo|Válido en tienda y en línea|Más de 300 modelos con descuento|
Hecho en España con algodón orgánico|Prueba 30 días, devuelve si no te gusta|Recógelo en tu tienda más cercana|
Sin permanencia, cancela cuando quieras|Pregunta a más de 4.000 clientes felices|
Con ingredientes de aquí y de temporada|Financiación a 12 meses sin intereses|Abierto todos los días de 9 a 22 h|
Cupos limitados: asegura el tuyo|Te lo llevamos gratis a domicilio|Descuento aplicado en el carrito|
Para toda la familia, desde los 3 años|Atención por WhatsApp las 24 horas|Consulta condiciones en nuestra web|
Paga con tarjeta o en efectivo|Elige tu talla y tu color|Antes de que se acaben""",
    "en": """Only until Sunday|In store and online|Over 300 styles on sale|Made with organic cotton|
Try it for 30 days, on us|Pick it up at your nearest store|No contract, cancel any time|
Trusted by more than 4,000 customers|Seasonal, local ingredients|12 months interest free|Open daily 9 am to 10 pm|
Limited places: save yours|Delivered free to your door|Discount taken at checkout|
For the whole family, ages 3 and up|Help by phone day and night|See our website for details|
Card or cash, your choice|Pick your size and color|While supplies last""",
}
BUTTONS = {
    "es": """Comprar|Compra ya|Ver más|Más información|Reserva ahora|Quiero mío|Pídelo hoy|Descargar|Regístrate|
Apúntate|Ver oferta|Pruébalo gratis|Contáctanos|Empezar|Cotiza aquí|Llama ya|Suscríbete|Agregar al carrito|
Ir a la tienda|Únete""",
    "en": """Shop now|Buy now|Learn more|Book now|Get yours|Order today|Download|Sign up|Join us|See offer|
Try it free|Contact us|Get started|Get a quote|Call now|Subscribe|Add to cart|Visit the store|Install|Play""",
}
SMALL_PRINT = {
    "es": """Oferta válida hasta agotar existencias. No acumulable a otras promociones.|
Imagen meramente ilustrativa.|*TAE del 7,95 %. Financiación sujeta a aprobación.|
IVA incluido. Gastos de envío no incluidos.|Bebe con moderación. Prohibida su venta a menores de 18 años.|
Consulta las bases legales en nuestra página.|Permiso COFEPRIS 2233007. Aplican restricciones.|
Precio por persona en habitación doble.|Come frutas y verduras.|
Promoción válida del 1 al 31 de marzo en tiendas participantes.""",
    "en": """Offer valid while supplies last. Cannot be combined with other offers.|
Picture for illustration only.|*7.95% APR. Subject to credit approval.|Tax not included. Shipping extra.|
Drink responsibly. 21+ only.|See terms and conditions on our website.|
Void where prohibited. Some exclusions apply.|Price per person, double room.|
Results may vary. Ask your doctor first.|Valid March 1 to 31 at participating stores.""",
}
COMMON = {
    "es": """de la que el en y a los se del las un por con no una su para es al lo como más pero sus le ya este sí
porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno
les ni contra otros ese eso ante ellos esto mí antes algunos qué unos yo otro otras otra él tanto esa
estos mucho quienes nada muchos cual poco ella estar estas algunas algo nosotros casa tiempo día año vida
mundo parte país agua noche ciudad familia trabajo mesa cocina jardín montaña corazón canción niño señora
mañana sueño español pequeño compañía dueño montón atención lápiz árbol café jamón limón rápido fácil
útil música público número teléfono página crédito último próximo línea diseño baño otoño rebaja oferta
precio tienda envío pedido cliente calidad nuevo gratis ahorro regalo color talla modelo marca semana hoy""",
    "en": """the of and to in is you that it he was for on are as with his they at be this have from or one had by
word but not what all were we when your can said there use an each which she do how their if will up
other about out many then them these so some her would make like him into time has look two more write go
see number no way could people my than first water been call who oil its now find long down day did get
come made may part home house night city family work table kitchen garden mountain heart song child
morning dream small company owner attention pencil tree coffee ham lemon quick easy useful music public
phone page credit last next line design bath autumn sale offer price store shipping order quality
customer new free save gift color size model brand week today strong fresh light summer winter travel
health market""",
}
GOODS = {
    "es": """Leche entera 1 L|Pan integral|Huevos docena|Arroz 1 kg|Aceite oliva|Café molido|Jamón serrano|
Queso fresco|Plátano kg|Manzana roja|Tortilla maíz|Frijol negro|Agua 6x1,5|Yogur natural|Papel higiénico|
Detergente|Champú|Pasta dental|Cerveza lata|Refresco cola|Pollo entero|Atún natural|Galletas María|Azúcar 1 kg|
Sal fina|Camiseta|Vaquero slim|Zapatillas|Mochila|Taza|Vela aromática|Lámpara|Silla|Auriculares|Funda móvil|
Cargador USB|Libreta A5|Menú del día|Café con leche|Propina""",
    "en": """Whole milk 1 gal|Wheat bread|Eggs dozen|Rice 2 lb|Olive oil|Ground coffee|Sliced ham|Cheddar|Bananas|
Red apples|Corn tortillas|Black beans|Water 6 pk|Plain yogurt|Bath tissue|Detergent|Shampoo|Toothpaste|Beer can|
Cola 2 L|Whole chicken|Tuna can|Cookies|Sugar 4 lb|Sea salt|T-shirt|Slim jeans|Sneakers|Backpack|Mug|Candle|Lamp|
Chair|Headphones|Phone case|USB charger|Notebook|Lunch menu|Latte|Gratuity""",
}
MENU = {
    "es": """Inicio|Tienda|Ofertas|Nosotros|Contacto|Blog|Ayuda|Mi cuenta|Carrito|Hombre|Mujer|Niños|Hogar|
Precios|Ubicaciones""",
    "en": "Home|Shop|Deals|About|Contact|Blog|Help|Account|Cart|Men|Women|Kids|Living|Pricing|Locations",
}
TOTALS = {
    "es": "SUBTOTAL|IVA 21%|TOTAL|EFECTIVO|CAMBIO|TARJETA|DESCUENTO",
    "en": "SUBTOTAL|TAX 8.25%|TOTAL|CASH|CHANGE|VISA|DISCOUNT",
}
ONSETS = "b c d f g l m n p r s t v z ch br tr pl cr gr fl st sh".split()
VOWELS = "a e i o u a e o ia ie ué á é í ó ú".split()
CODAS = ["", "", "", "n", "s", "r", "l", "x"]
CJK = (
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心"
    "学么之都好看起发当没成只如事把还用第样道想作种开新品上市优惠全场满减包邮立即购买折起价元赠限量热卖爆款夏季冬款"
    "时尚女装男鞋特价"
)

_LISTS = {
    name: {lang: [part.strip() for part in text.split("|")] for lang, text in table.items()}
    for name, table in {
        "headline": HEADLINES,
        "line": LINES,
        "button": BUTTONS,
        "print": SMALL_PRINT,
        "good": GOODS,
        "menu": MENU,
        "total": TOTALS,
    }.items()
}
_COMMON = {lang: text.split() for lang, text in COMMON.items()}


def _one(r: Random, name: str, lang: str) -> str:
    return r.choice(_LISTS[name][lang])


def invented(r: Random, lang: str = "en") -> str:
    vowels = VOWELS if lang == "es" else VOWELS[:9]
    return "".join(r.choice(ONSETS) + r.choice(vowels) + r.choice(CODAS) for _ in range(r.choice((1, 2, 2, 3))))


def word(r: Random, lang: str) -> str:
    return invented(r, lang) if r.random() < 0.25 else r.choice(_COMMON[lang])


def brand(r: Random) -> str:
    name = invented(r)
    tail = r.choice(("", "", "", " & Co", " Home", " Studio", "24", " Café", " Lab", ".mx", " Hnos.", " Sport"))
    return r.choice((name.upper(), name.capitalize(), name)) + tail


def sentence(r: Random, lang: str, low: int = 4, high: int = 12) -> str:
    words = [word(r, lang) for _ in range(r.randint(low, high))]
    words[0] = words[0].capitalize()
    if lang == "es" and r.random() < 0.12:
        mark = r.choice(("¿?", "¡!"))
        return mark[0] + " ".join(words) + mark[1]
    return " ".join(words) + r.choice((".", ".", ".", ",", ":", "!"))


def paragraph(r: Random, lang: str, sentences: int) -> str:
    return " ".join(sentence(r, lang) for _ in range(sentences))


def headline(r: Random, lang: str) -> str:
    roll = r.random()
    if roll < 0.55:
        text = _one(r, "headline", lang)
    elif roll < 0.7:
        text = " ".join(word(r, lang) for _ in range(r.randint(1, 5))).capitalize()
    elif roll < 0.8:
        text = brand(r)
    else:
        text = f"{discount(r)} {word(r, lang)}" if roll < 0.9 else f"{_one(r, 'headline', lang)} {price(r)}"
    return text.upper() if r.random() < 0.4 else text


def line(r: Random, lang: str) -> str:
    return _one(r, "line", lang) if r.random() < 0.6 else sentence(r, lang, 3, 9)


def button(r: Random, lang: str) -> str:
    text = _one(r, "button", lang) if r.random() < 0.85 else word(r, lang).capitalize()
    return text.upper() if r.random() < 0.3 else text


def small_print(r: Random, lang: str, parts: int = 1) -> str:
    return " ".join(_one(r, "print", lang) if r.random() < 0.7 else sentence(r, lang) for _ in range(parts))


def price(r: Random) -> str:
    units = r.choice((r.randint(1, 99), r.randint(1, 99), r.randint(100, 2999)))
    cents = r.choice((99, 95, 90, 50, 49, r.randint(0, 99)))
    grouped = f"{units:,}"
    return r.choice(
        (
            f"{units},{cents:02d} €",
            f"{grouped.replace(',', '.')} €",
            f"${grouped}",
            f"${grouped}.{cents:02d}",
            f"{units}€",
            f"{grouped} MXN",
            f"US$ {units}",
            f"S/ {units}.{cents:02d}",
            f"{units},{cents:02d}€/mes",
            f"£{units}",
        )
    )


def amount(r: Random) -> str:
    value = r.choice((r.uniform(0.5, 30), r.uniform(1, 200), r.uniform(50, 2500)))
    return (
        r.choice(("{:.2f}", "{:,.2f}", "${:.2f}")).format(value)
        if r.random() < 0.6
        else f"{value:.2f}".replace(".", ",")
    )


def discount(r: Random) -> str:
    n = r.choice((5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80))
    return r.choice((f"-{n}%", f"{n}%", f"-{n} %", f"{n}% OFF", f"{n} % dto.", "2x1", "3x2", f"+{n}%"))


def phone(r: Random) -> str:
    d = lambda n: "".join(r.choice("0123456789") for _ in range(n))  # noqa: E731
    return r.choice(
        (
            f"+34 6{d(2)} {d(3)} {d(3)}",
            f"55 {d(4)} {d(4)}",
            f"(0{d(2)}) {d(3)}-{d(4)}",
            f"1-800-{d(3)}-{d(4)}",
            f"9{d(2)} {d(2)} {d(2)} {d(2)}",
        )
    )


def address(r: Random) -> str:
    name = "".join(c for c in invented(r) if c.isascii())
    return r.choice(
        (f"www.{name}.com", f"{name}.es", f"@{name}", f"hola@{name}.com", f"{name}.com.mx/oferta", f"#{name}")
    )


def date(r: Random) -> str:
    return (
        f"{r.randint(1, 28):02d}/{r.randint(1, 12):02d}/{r.randint(2019, 2026)} "
        f"{r.randint(0, 23):02d}:{r.randint(0, 59):02d}"
    )


def good(r: Random, lang: str) -> str:
    return _one(r, "good", lang) if r.random() < 0.75 else f"{word(r, lang)} {word(r, lang)}".capitalize()


def menu(r: Random, lang: str) -> str:
    return _one(r, "menu", lang)


def total(r: Random, lang: str) -> str:
    return _one(r, "total", lang)


def cjk(r: Random, low: int = 2, high: int = 8) -> str:
    return "".join(r.choice(CJK) for _ in range(r.randint(low, high)))


def contact(r: Random) -> str:
    return r.choice((phone, address, date))(r)
