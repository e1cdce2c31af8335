# Todos los mensajes de gancho en español. `en.ftl` tiene las mismas claves con las mismas variables;
# una prueba las compara. Las etiquetas de las medidas van en singular y en minúscula, porque se
# insertan en una frase («…: se asocia a…»).

### Words

word-yes = sí
word-no = no
language-es = español
language-en = inglés
language-other = otro
field-headline = Título
field-primary-text = Texto principal
field-description = Descripción
field-call-to-action = Llamada a la acción
place-headline = del título
place-primary-text = del texto principal
place-description = de la descripción
place-call-to-action = de la llamada a la acción
place-all = de todo el texto
part-picture = la imagen en su conjunto
part-copy = el texto en su conjunto
part-embedding = el aspecto general de la imagen
part-context = el contexto: ubicación, público, temporada

### What a score was learned from

basis-craft = diseño
basis-prior = pruebas
basis-history = historial
basis-blend = mixta
basis-craft-explained = Base «diseño»: un índice de calidad del diseño a partir de lo que se mide en la imagen. No predice resultados.
basis-prior-explained = Base «pruebas»: aprendida de pruebas aleatorizadas con titulares de prensa en inglés. Indica en qué se hizo clic allí, no en qué se hará clic en tu mercado.
basis-history-explained = Base «historial»: aprendida de los resultados de tu biblioteca; a cada creatividad la puntuó un modelo que no la había visto.
basis-blend-explained = Base «mixta»: pruebas de titulares y resultados de tu biblioteca; cada puntuación indica qué parte procede de tus resultados.
skill-unmeasured = Capacidad predictiva sin medir: esta biblioteca tiene muy pocos resultados para contrastar la clasificación.
skill-spearman = Capacidad predictiva: en { $creatives } creatividades que el modelo no había visto, la clasificación concuerda con los resultados en { NUMBER($value, maximumFractionDigits: 2) } (correlación de rangos, intervalo del 95 % de { NUMBER($low, maximumFractionDigits: 2) } a { NUMBER($high, maximumFractionDigits: 2) }; 0 es puro azar); la mejor regla sencilla llega a { NUMBER($baseline, maximumFractionDigits: 2) }, y el ruido de los resultados permite como mucho { NUMBER($ceiling, maximumFractionDigits: 2) }.
skill-none = Sin capacidad predictiva: en { $creatives } creatividades que el modelo no había visto, lo aprendido de tu historial llega a { NUMBER($value, maximumFractionDigits: 2) } (correlación de rangos, intervalo del 95 % de { NUMBER($low, maximumFractionDigits: 2) } a { NUMBER($high, maximumFractionDigits: 2) }; 0 es puro azar) y la mejor regla sencilla a { NUMBER($baseline, maximumFractionDigits: 2) }; no se ha usado.
nothing-scored = No se ha podido puntuar ninguna creatividad.
interval-words = intervalo del { $level }: de { $low } a { $high }
interval-none = sin intervalo: no hay con qué medirlo
scale-words = Puntuación { $score } de 100, { $interval }
palette-words = Paleta: { $colors }

### Reasons

reason-history-up = { $what }: se asocia a una puntuación más alta en tu biblioteca
reason-history-down = { $what }: se asocia a una puntuación más baja en tu biblioteca
reason-prior-up = { $what }: se asocia a más clics en las pruebas de titulares
reason-prior-down = { $what }: se asocia a menos clics en las pruebas de titulares
reason-blend-up = { $what }: se asocia a una puntuación más alta en las pruebas de titulares y en tu biblioteca
reason-blend-down = { $what }: se asocia a una puntuación más baja en las pruebas de titulares y en tu biblioteca
reason-craft-up = { $what }: suma en el índice de diseño
reason-craft-down = { $what }: resta en el índice de diseño
reason-even = { $what }: apenas influye aquí

### Table

table-rank = N.º
table-creative = Creatividad
table-creative-and-reason = Creatividad y motivo principal
table-score = Puntuación
table-interval = Intervalo
table-scale = De 0 a 100
table-basis = Base
table-reason = Motivo principal
table-warned =
    { $count ->
        [one] (!) señala { $count } creatividad con un aviso; se lee con --format html, json o csv
       *[other] (!) señala { $count } creatividades con avisos; se leen con --format html, json o csv
    }
table-quarantine =
    { $count ->
        [one] { $count } archivo apartado
       *[other] { $count } archivos apartados
    }
table-faults =
    { $count ->
        [one] { $count } problema en las tablas
       *[other] { $count } problemas en las tablas
    }

### Page

page-title =
    { $count ->
        [one] Clasificación de { $count } creatividad
       *[other] Clasificación de { $count } creatividades
    }
fact-creatives = Creatividades
fact-scored = Puntuadas
fact-quarantined = Archivos apartados
fact-faults = Problemas en tablas
fact-basis = Base
card-rank = N.º { $rank }
card-no-picture = Sin vista previa
card-copy-only = Solo texto
card-alt = Creatividad { $id }
card-reasons-history = Puntos asociados a puntuaciones más altas (+) o más bajas (−) en tu biblioteca
card-reasons-prior = Puntos asociados a más (+) o menos (−) clics en las pruebas de titulares
card-reasons-blend = Puntos asociados a puntuaciones más altas (+) o más bajas (−) en las pruebas de titulares y en tu biblioteca
card-reasons-craft = Puntos a favor (+) o en contra (−) en el índice de diseño
tag-basis = Base
tag-history = Peso del historial
tag-group = Campaña
tag-language = Idioma
html-ranking = Clasificación
html-how-to-read = La puntuación es el lugar que se espera de cada creatividad entre sus comparables, de 0 (la última) a 100 (la primera). La franja que rodea la marca es el intervalo: cuanto más estrecha, más se sabe. Los motivos son asociaciones y se dan en puntos; sumados al valor de partida dan la puntuación.
html-of-hundred = de 100
html-reasons = Motivos principales
html-warnings = Avisos
html-details = Texto completo, todos los motivos y medidas
html-sum = El valor de partida y todos los motivos suman la puntuación
html-reason = Motivo
html-points = Puntos
html-base = Valor de partida
html-score = Puntuación
html-interval = Intervalo
html-rank = N.º
html-creative = Creatividad
html-measure = Medida
html-value = Valor
html-palette = Paleta
html-seen = Lo que muestra la imagen
html-show-sight = Mostrar en todas las imágenes lo que se ha visto en ellas (al señalar una imagen se muestra en ella)
html-key-attention = atención
html-key-eye = recorrido de la mirada
html-key-text = texto
html-key-faces = caras
html-rest = Más creatividades
html-quarantine = Archivos apartados
html-quarantine-intro = Estos archivos no se han podido usar. El resto no se ha visto afectado: corrige lo que indica cada línea y vuelve a ejecutar la orden.
html-faults = Problemas en las tablas
html-faults-intro = Estas filas o columnas no se han podido leer tal como están. El lugar se indica como archivo:línea:columna.
html-run = Sobre esta ejecución
html-run-intro = Los mismos archivos, modelos y versión dan la misma clasificación.
html-model = Modelo
html-version = Versión
run-version = Programa
run-device = Dispositivo
run-seconds = Tiempo
run-seconds-value = { $seconds } s
run-cached = Leídas de la caché

### What a picture tells

kind-photo = fotografía
kind-design = diseño
kind-screenshot = captura de pantalla
kind-logo-or-packshot = logotipo o producto sobre fondo liso
see-size = { $width } × { $height } píxeles
see-kind = Tipo: { $kind } ({ $sure })
see-eye = Recorrido de la mirada: { $stops }
see-eye-none = Recorrido de la mirada: nada destaca
see-at-top-left = arriba a la izquierda
see-at-top = arriba
see-at-top-right = arriba a la derecha
see-at-left = a la izquierda
see-at-center = en el centro
see-at-right = a la derecha
see-at-bottom-left = abajo a la izquierda
see-at-bottom = abajo
see-at-bottom-right = abajo a la derecha
see-attention = Atención: { $text } en el texto, { $faces } en las caras, { $center } en el centro; apenas se mira el { $unattended } de la superficie
see-text = Texto: { $area } de la superficie, { $count ->
        [one] un bloque
       *[other] { $count } bloques
    }, { $contrast }
see-text-none = Texto: ninguno
see-contrast = contraste más bajo { $ratio }:1
see-contrast-none = demasiado pequeño para medir el contraste
see-faces = Caras: { $count ->
        [0] ninguna
       *[other] { $count }
    }
see-quality = Calidad técnica: { $overall } (nitidez { $blur }, ruido { $noise }, compresión { $compression }, exposición { $exposure }; 100 es impecable)
see-complexity = Complejidad: { $score } de 100
see-crops = Atención perdida al recortar por el centro: { $shapes }
see-crops-with-text = Atención / texto perdidos al recortar por el centro: { $shapes }

### Command line

progress-evidence = Analizando las creatividades
progress-drawing = Dibujando lo que se ha visto
cli-error = error: { $text }
cli-written = escrito en { $path }: { $scored ->
        [one] { $scored } creatividad puntuada
       *[other] { $scored } creatividades puntuadas
    }
cli-model-written = modelo escrito en { $path } y su ficha en { $card }
cli-sample-written = { $cases } casos escritos en { $path }
cli-card-in-the-way = la ficha del modelo se llamaría como el propio modelo; da al modelo un nombre que no acabe en .md
cli-left-out = { $quarantined ->
        [one] { $quarantined } archivo apartado
       *[other] { $quarantined } archivos apartados
    }, { $faults ->
        [one] { $faults } problema en las tablas
       *[other] { $faults } problemas en las tablas
    }; el informe dice cuáles
cli-seen = escrito en { $path }: { $pictures ->
        [one] { $pictures } imagen
       *[other] { $pictures } imágenes
    }
cli-overlays = dibujado en { $path }: { $pictures ->
        [one] { $pictures } imagen
       *[other] { $pictures } imágenes
    }
cli-overlays-failed = no se ha podido escribir `{ $path }`: { $detail }; elige otra carpeta con --overlays
cli-npy-needs-output = el formato npy necesita un archivo; añade --output ARCHIVO
output-failed = no se ha podido escribir `{ $path }`: { $detail }; elige otro lugar con --output
note-prior-carries-little = Lo aprendido viene de las pruebas de titulares de un solo medio ({ $publisher }); en otro medio conservó el { NUMBER($kept) } % de su efecto: aquí se reduce a eso y los intervalos son más anchos. Si tus textos son de ese medio, escribe publisher = "{ $publisher }" bajo [prior] en gancho.toml
note-unknown-columns = { $file }: se conservan tal cual las columnas que gancho no conoce: { $columns }
models-sound = en buen estado: coinciden el tamaño y el hash
models-pulling = Descargando { $file }
models-pulled = { $model } ya está aquí, en la revisión { $revision }: { NUMBER($mib, maximumFractionDigits: 1) } MiB en { $place }
models-use = para usarlo: --vision-model { $model }
models-removed = { $model } se ha eliminado: { NUMBER($mib, maximumFractionDigits: 1) } MiB liberados
doctor-device = Dispositivo: { $name }
doctor-no-device = ! Dispositivo: { $detail }
doctor-threads = Hilos: { $threads }
doctor-tried = Probado { $device }: { $verdict }
doctor-comparison = { $adapter } frente a la CPU: mayor diferencia { $difference } ({ $relative } del valor mayor); primera pasada { NUMBER($first, maximumFractionDigits: 1) } ms, después { NUMBER($warm, maximumFractionDigits: 1) } ms
doctor-comparison-failed = ! No se ha podido comparar { $adapter } con la CPU: { $detail }
doctor-weights = Modelo: { $found }, en buen estado
doctor-weights-bad = ! Modelo: { $found }
doctor-cache = Caché: { $found ->
        [off] desactivada
       *[other] { $found }
    }
doctor-cache-bad = ! Caché: { $found }
doctor-healthy = Todo lo que se ha comprobado funciona
doctor-unhealthy = No todo funciona; mira las líneas que empiezan por !
summary-score = { $creatives ->
        [one] { $creatives } creatividad
       *[other] { $creatives } creatividades
    }: { $scored ->
        [one] { $scored } puntuada
       *[other] { $scored } puntuadas
    }, { $quarantined ->
        [one] { $quarantined } archivo apartado
       *[other] { $quarantined } archivos apartados
    }, { $faults ->
        [one] { $faults } problema en las tablas
       *[other] { $faults } problemas en las tablas
    }; { $seconds } s en { $device }

### Warnings about a creative

warning-no-picture = sin imagen: solo se ha mirado el texto
warning-no-copy = sin texto: solo se ha mirado la imagen

### Pictures that cannot be read (area decode)

decode-missing = no existe ese archivo; revisa la ruta
decode-not-a-file = no es un archivo ({ $kind }); indica una imagen
decode-unreadable = no se puede leer el archivo ({ $detail }); comprueba los permisos e inténtalo de nuevo
decode-empty = el archivo está vacío; vuelve a exportarlo o a copiarlo
decode-too-many-bytes = el archivo ocupa { $bytes } bytes y el límite es de { $limit }; expórtalo más pequeño o sube el límite
decode-too-many-pixels = la imagen declara { $width } × { $height } píxeles y el límite es de { $limit }; expórtala más pequeña o sube el límite
decode-too-much-memory = abrir la imagen requiere unos { $bytes } bytes de memoria y el límite es de { $limit }; expórtala más pequeña o sube el límite
decode-truncated = el archivo { $format } se interrumpe a los { $bytes } bytes; probablemente se cortó al copiarlo, vuelve a exportarlo o a copiarlo
decode-corrupt = el archivo { $format } está dañado ({ $detail }); vuelve a exportarlo o a copiarlo
decode-unsupported-format = es { $format }, un formato que no se lee; exporta la imagen como JPEG, PNG o WebP
decode-video = es un vídeo ({ $format }); exporta un fotograma como JPEG, PNG o WebP
decode-unsupported-feature = este archivo { $format } usa algo que no se lee ({ $detail }); expórtalo como JPEG o PNG corriente de 8 bits
decode-not-a-picture = no es una imagen, diga lo que diga su nombre; elige un archivo JPEG, PNG, WebP, GIF, BMP o TIFF

### Pictures that were read with a loss (area decode-warning)

decode-warning-broken-exif = los datos EXIF están dañados ({ $detail }) y no se han tenido en cuenta; comprueba que la imagen está derecha
decode-warning-broken-icc = no se puede usar el perfil de color ({ $detail }); los colores se han leído como sRGB
decode-warning-cmyk-without-profile = la imagen está en colores de imprenta (CMYK) sin un perfil utilizable; en pantalla sus colores son aproximados, expórtala como sRGB
decode-warning-transparency = el { NUMBER($share, style: "percent", maximumFractionDigits: 1) } de la imagen es transparente y se muestra sobre blanco
decode-warning-wholly-transparent = la imagen es del todo transparente; no se ve nada de ella
decode-warning-animated = la imagen es una animación de { $frames } fotogramas ({ $duration_ms } ms); solo se ha usado el primero
decode-warning-damaged = el archivo está algo dañado ({ $detail }) y se ha leído lo mejor posible; míralo antes de usarlo

### Libraries that cannot be used (area library)

library-no-input = indica al menos una imagen, una carpeta o un manifiesto
library-no-such-input = no existe ningún archivo ni carpeta `{ $path }`; revisa cómo está escrito
library-manifest-unusable = no se puede usar el manifiesto `{ $file }`: { $detail }
library-no-usable-row = no se puede usar ninguna fila de `{ $file }`; { $count ->
        [one] { $count } problema
       *[other] { $count } problemas, el primero
    }: { $detail }
library-empty = no hay ni imágenes ni manifiesto en { $inputs }
library-config-unreadable = no se puede leer `{ $file }`: { $detail }
library-config-invalid = { $file }:{ $line }:{ $column }: { $detail }
library-config-unknown-key = { $file }:{ $line }:{ $column }: no existe el ajuste `{ $key }`; ¿querías decir `{ $nearest }`?

### Rows and files at fault (area library-fault)

library-fault-no-such-input = no existe ese archivo ni esa carpeta; revisa cómo está escrito
library-fault-no-match = el patrón no coincide con nada; revisa cómo está escrito y la carpeta
library-fault-bad-pattern = no se entiende el patrón: { $detail }
library-fault-folder-unreadable = no se puede leer la carpeta ({ $detail }); sus imágenes quedan fuera
library-fault-link-loop = el enlace lleva de vuelta a una carpeta superior y no se sigue otra vez
library-fault-folder-too-deep = hay más de { $limit } niveles de carpetas; lo que está más abajo queda fuera
library-fault-file-unreadable = no se puede leer el archivo: { $detail }
library-fault-file-too-large = el archivo ocupa { $bytes } bytes y el límite es de { $limit }; divídelo
library-fault-empty-file = el archivo está vacío
library-fault-header-only = el archivo tiene encabezado, pero ninguna fila
library-fault-too-many-rows = el archivo tiene más de { $limit } filas; el resto queda fuera, divídelo
library-fault-broken-json = el JSON no se puede leer a partir de aquí: { $detail }
library-fault-broken-table = la tabla no se puede leer a partir de aquí: { $detail }
library-fault-broken-workbook = no se puede leer el libro de cálculo ({ $detail }); ábrelo y guárdalo de nuevo como .xlsx
library-fault-broken-parquet = no se puede leer el archivo Parquet ({ $detail }); probablemente se cortó al copiarlo
library-fault-missing-columns = falta una columna para { $wanted }; las columnas son: { $found }
library-fault-repeated-column = la columna `{ $header }` aparece dos veces; solo se usa la primera
library-fault-competing-columns = tanto `{ $used }` como `{ $other }` significan { $field }; se usa `{ $used }`
library-fault-ambiguous-numbers = ¿`{ $example }` en la columna `{ $header }` lleva decimales o miles? Nada en la columna lo aclara, así que queda fuera; indica qué signo decimal usa el archivo
library-fault-mixed-numbers = la columna `{ $header }` mezcla signos decimales (`{ $example }` y `{ $other }`), así que queda fuera; escribe todos los números igual
library-fault-mixed-currency = hay importes en { $currencies }; quedan fuera, porque dos monedas no se suman
library-fault-ambiguous-dates = ¿`{ $example }` en la columna `{ $header }` es día/mes o mes/día? Nada en el archivo lo aclara, así que esas fechas quedan fuera; indica qué va primero o escribe 2026-03-01
library-fault-mixed-dates = las fechas mezclan día/mes y mes/día (`{ $example }` y `{ $other }`), así que quedan fuera; escribe 2026-03-01
library-fault-repeated-header = esta fila repite el encabezado y queda fuera
library-fault-ragged-row = esta fila tiene { $found } celdas y el encabezado { $expected }; la fila queda fuera
library-fault-unclosed-quote = aquí se abren unas comillas que no se cierran; lo que sigue queda fuera
library-fault-invalid-utf8 = la celda de la columna `{ $header }` no es UTF-8 válido y queda fuera; guarda el archivo como UTF-8
library-fault-cell-too-long = la celda de la columna `{ $header }` ocupa { $bytes } bytes y el límite es de { $limit }; queda fuera
library-fault-picture-missing = no está la imagen `{ $path }`; las rutas parten de la carpeta de este archivo
library-fault-picture-not-a-file = `{ $path }` no es un archivo; indica una imagen
library-fault-path-outside = `{ $path }` sale de la biblioteca y no se ha abierto; permítelo con --allow-outside
library-fault-picture-on-the-web = `{ $url }` está en la web y gancho trabaja sin conexión; guarda la imagen junto al archivo y pon su nombre
library-fault-unknown-scheme = `{ $url }` empieza por `{ $scheme }:`, que gancho no puede abrir; indica un archivo
library-fault-no-picture-no-copy = esta fila no tiene ni imagen ni texto y queda fuera
library-fault-duplicate-id = el id `{ $id }` ya aparecía en { $first_file }, línea { $first_line }; se conserva el primero
library-fault-negative-count = `{ $value }` en la columna `{ $header }`: un recuento no puede ser negativo; queda fuera
library-fault-negative-amount = `{ $value }` en la columna `{ $header }`: el importe no puede ser negativo; queda fuera
library-fault-bad-number = `{ $value }` en la columna `{ $header }` no es un número; queda fuera
library-fault-bad-date = `{ $value }` en la columna `{ $header }` no es una fecha; escribe 2026-03-01
library-fault-clicks-exceed-impressions = { $clicks } clics, pero solo { $impressions } impresiones; ambos datos quedan fuera. ¿Están cambiadas las columnas?
library-fault-no-creative-named = esta fila no nombra ninguna creatividad y queda fuera
library-fault-empty-comment = este comentario no tiene texto y queda fuera

### What was recognized in a table (area library-note)

library-note-read-as = leído como { $encoding }
library-note-separator = las celdas están separadas por { $separator ->
        [semicolon] punto y coma
        [tab] tabuladores
        [bar] barras verticales
       *[other] { $separator }
    }
library-note-records-left-out = { $records ->
        [one] { $records } registro es un título, un total o una repetición y queda fuera
       *[other] { $records } registros son títulos, totales o repeticiones y quedan fuera
    }
library-note-totals-differ = el total del registro { $record } dice { $total } en { $field } y las filas suman { $sum }; ¿se filtró la exportación?
library-note-decimal-comma = los números de la columna `{ $header }` se han leído con coma decimal

### Devices (area device)

device-unknown-choice = `{ $given }` no es un dispositivo; usa auto, cpu, gpu, wgpu, wgpu:N, cuda o cuda:N
device-not-in-build = este programa no incluye el dispositivo `{ $wanted }`, porque se compiló sin la opción `{ $feature }`; usa --device auto o compílalo con --features { $feature }
device-unavailable = no se puede usar el dispositivo `{ $wanted }`; se ha probado: { $tried }; usa --device auto para el mejor dispositivo que funcione
device-no-threads = no se han podido iniciar { $threads } hilos de trabajo: { $detail }; usa un valor menor en --threads

### What became of a probe (area device-verdict)

device-verdict-chosen = funciona: { $adapter }
device-verdict-software = solo es un adaptador por software, más lento que la CPU; se puede pedir con { $adapter }
device-verdict-disagrees = calcula { $operation } de forma distinta que la CPU, con una diferencia de { NUMBER($difference, maximumFractionDigits: 6) } respecto a su valor mayor
device-verdict-failed = no funciona: { $detail }
device-verdict-crashed = el controlador ha fallado ({ $detail })
device-verdict-timed-out = sin respuesta en { $seconds } s

### Weights (area weights)

weights-unknown-model = no existe el modelo `{ $id }` en { $place }; el nombre más parecido es `{ $nearest }`
weights-missing-file = modelo `{ $id }`: falta `{ $file }` en { $place }; devuelve el archivo a su sitio o usa los pesos incluidos
weights-unreadable = no se ha podido leer `{ $file }`: { $detail }
weights-wrong-size = modelo `{ $id }`: `{ $file }` ocupa { $found } bytes y el manifiesto dice { $expected }; está dañado o es de otra versión, y no se ha cargado nada
weights-wrong-hash = modelo `{ $id }`: el SHA-256 de `{ $file }` es { $found } y el manifiesto dice { $expected }; está dañado o es de otra versión, y no se ha cargado nada
weights-bad-manifest = { $file }:{ $line }: { $detail }

### Models of the hub (area hub)

hub-bad-name = `{ $name }` no es un nombre del hub; escribe autor/modelo o autor/modelo@revisión
hub-not-pulled = `{ $model }` no está en este equipo; descárgalo con: gancho models pull { $model }
hub-other-revision = `{ $model }` está aquí en la revisión { $found }, no en { $wanted }; descarga esa con: gancho models pull { $model }@{ $wanted }
hub-file-gone = `{ $file }` de `{ $model }` ya no está en { $place }; descárgalo de nuevo con: gancho models pull { $model }
hub-wrong-size = `{ $file }` de `{ $model }` ocupa { $found } bytes en lugar de { $expected } y no se ha usado; descárgalo de nuevo con: gancho models pull { $model }
hub-wrong-hash = el SHA-256 de `{ $file }` de `{ $model }` es { $found } en lugar de { $expected } y no se ha usado; descárgalo de nuevo con: gancho models pull { $model }
hub-unreachable = no se puede acceder al hub en { $endpoint }: { $detail }; comprueba la conexión (los modelos ya descargados no la necesitan)
hub-offline = no se ha pedido `{ $model }`: HF_HUB_OFFLINE está definida; quítala para descargar
hub-no-such-model = el hub en { $endpoint } no tiene `{ $model }`; comprueba cómo se escriben el nombre y la revisión
hub-refused = el hub en { $endpoint } no entrega `{ $model }` (estado { $status }): no existe o requiere permiso; comprueba el nombre, o acepta sus condiciones en el hub y define HF_TOKEN
hub-lacks-file = `{ $model }` no tiene `{ $file }` en el hub; elige un modelo guardado en un único archivo, model.safetensors o pytorch_model.bin
hub-bad-answer = el hub en { $endpoint } no ha dado una respuesta válida: { $detail }; inténtalo más tarde
hub-broken-off = la descarga de `{ $file }` de `{ $model }` se ha interrumpido: { $detail }; repite la misma orden y seguirá donde se quedó
hub-unreadable = no se ha podido leer `{ $file }`: { $detail }
hub-unwritable = no se ha podido escribir `{ $file }`: { $detail }; elige otra carpeta con HF_HUB_CACHE

### Backbones of the hub (area backbone)

backbone-bad-config = no se puede usar el config.json del modelo: { $detail }; elige un modelo con el formato de timm
backbone-unknown-architecture = no se conoce la arquitectura `{ $found }`; se conocen: { $known }
backbone-unsupported-setting = config.json fija { $key } en { $found }, que no se admite; se admite: { $supported }
backbone-device-lost = el dispositivo no ha dado ningún resultado: { $detail }; prueba con --device cpu
backbone-not-a-number = el vector de la imagen { $row } del lote contiene valores que no son números finitos; prueba con --device cpu
backbone-unreadable-weights = no se puede leer el model.safetensors del modelo: { $detail }
backbone-missing-tensors = a model.safetensors le faltan { $count } tensores que necesita la arquitectura de config.json: { $tensors }; elige otro modelo
backbone-unused-tensors = model.safetensors tiene { $count } tensores que no tiene la arquitectura de config.json: { $tensors }; elige otro modelo
backbone-wrong-shape = el tensor `{ $tensor }` de model.safetensors tiene forma { $found } y la arquitectura de config.json necesita { $expected }
backbone-wrong-kind = el tensor `{ $tensor }` de model.safetensors contiene { $found }; se esperaba F16, BF16 o F32
backbone-not-finite = el tensor `{ $tensor }` de model.safetensors contiene { $count } valores que no son números finitos

### The vision model (area vision)

vision-wrong-input = el modelo de visión toma { $expected } números por imagen, no { $found }
vision-device-lost = el dispositivo no ha dado ningún resultado: { $detail }; prueba con --device cpu
vision-not-a-number = el vector de la imagen { $row } del lote contiene valores que no son números finitos; prueba con --device cpu
vision-unreadable-weights = los pesos no son un archivo safetensors legible: { $detail }
vision-missing-tensors = a los pesos les faltan { $count } tensores de esta red: { $tensors }; son de otra versión
vision-unused-tensors = los pesos tienen { $count } tensores que esta red no tiene: { $tensors }; son de otra versión
vision-wrong-shape = el tensor `{ $tensor }` de los pesos tiene forma { $found } y la red necesita { $expected }
vision-wrong-kind = el tensor `{ $tensor }` de los pesos contiene { $found }; se esperaba F16, BF16 o F32
vision-not-finite = el tensor `{ $tensor }` de los pesos contiene { $count } valores que no son números finitos

### The headline model (area headline)

headline-not-safetensors = el modelo de titulares no es un archivo safetensors: { $detail }; descarga o regenera los pesos
headline-format = el modelo de titulares tiene el formato `{ $found }` y esta versión lee `{ $expected }`; usa los pesos de esta versión
headline-other-embedding = el modelo de significado se entrenó con los vectores de `{ $found }` y este programa usa los de `{ $expected }`; usa pesos de una misma versión
headline-tensor = no se puede usar el tensor `{ $tensor }` del modelo de titulares: { $detail }

### The quality model (area quality)

quality-not-safetensors = el modelo de calidad no es un archivo safetensors: { $detail }; descarga o regenera los pesos
quality-format = el modelo de calidad tiene el formato `{ $found }` y esta versión lee `{ $expected }`; usa los pesos de esta versión
quality-features = el modelo de calidad se entrenó con medidas (`{ $found }`) distintas de las de esta versión; usa los pesos de esta versión
quality-tensor = no se puede usar el tensor `{ $tensor }` del modelo de calidad: { $detail }

### Evidence and its cache (areas evidence, cache, cache-note)

evidence-interrupted = interrumpido tras { $done } de { $total }; lo ya calculado está en la caché, repite la misma orden para continuar
evidence-interrupted-uncached = interrumpido tras { $done } de { $total }; la caché está desactivada, así que no se ha guardado nada
evidence-interrupted-stream = interrumpido después de { $done } textos
evidence-network = ha fallado la red de visión: { $detail }
cache-unusable = no se puede usar la caché `{ $path }`: { $detail }; elige otra carpeta con --cache, o --cache off
cache-note-set-aside = la caché `{ $path }` estaba dañada ({ $detail }) y se ha movido a `{ $moved_to }`; se ha empezado una nueva

### Scoring (area scorer)

scorer-duplicate-id = dos creatividades tienen el id `{ $id }`; da a cada una el suyo
scorer-prior-format = el modelo de pruebas de titulares tiene el formato `{ $found }` y esta versión lee `{ $expected }`; usa los pesos de esta versión
scorer-prior = no se puede leer el modelo de pruebas de titulares: { $detail }; descarga o regenera los pesos
scorer-model-format = el modelo tiene el formato `{ $found }` y esta versión lee `{ $expected }`; vuelve a entrenarlo
scorer-model = el modelo no se puede leer: { $detail }; vuelve a entrenarlo
scorer-nothing-to-learn = ninguna fila del historial tiene lo que `{ $target }` necesita: { $needed }
scorer-leaks = { $pairs } pares de creatividades con la misma imagen o el mismo texto quedarían a ambos lados del corte, por ejemplo `{ $example_a }` y `{ $example_b }`: una delataría a la otra. Apártalas juntas (`--hold-out creative`) o permítelo (`--allow-leaks`) y lee las cifras como una prueba de repetición
scorer-no-days = para apartar por fechas hace falta el día de cada fila; { $without } de { $rows } no lo tienen
scorer-boosting = ha fallado el aprendizaje: { $detail }

### What a reader of the ranking has to know (area scorer-note)

scorer-note-craft = { $creatives ->
        [one] { $creatives } creatividad se ha
       *[other] { $creatives } creatividades se han
    } puntuado solo por el diseño: es calidad del diseño, no una predicción
scorer-note-picture-not-judged = Las pruebas de titulares solo juzgan palabras; { $creatives ->
        [one] la imagen de { $creatives } creatividad no ha
       *[other] las imágenes de { $creatives } creatividades no han
    } contado
scorer-note-prior-missing = { $creatives ->
        [one] { $creatives } creatividad tiene
       *[other] { $creatives } creatividades tienen
    } texto, pero no está disponible el modelo de pruebas de titulares
scorer-note-out-of-domain = El texto de { $creatives ->
        [one] { $creatives } creatividad
       *[other] { $creatives } creatividades
    } no está en { $language ->
        [en] inglés
        [es] español
       *[other] `{ $language }`
    }, el único idioma de las pruebas de titulares: estas puntuaciones dicen poco y sus intervalos no suponen capacidad predictiva alguna
scorer-note-no-skill = Sin capacidad predictiva: con lo aprendido de { $creatives } creatividades, tu historial clasifica las no vistas con { NUMBER($spearman, maximumFractionDigits: 2) } (correlación de rangos dentro de cada campaña) y la mejor referencia con { NUMBER($baseline, maximumFractionDigits: 2) }; no se ha usado
scorer-note-few-outcomes = { $creatives ->
        [one] { $creatives } creatividad tiene
       *[other] { $creatives } creatividades tienen
    } impresiones; hacen falta al menos { $needed } para aprender de ellas
scorer-note-folds-by-id = Campañas con resultados: { $campaigns }, muy pocas o con demasiadas creatividades en común para apartarlas enteras: las creatividades se apartaron una a una, así que la capacidad predictiva puede estar sobrestimada
scorer-note-context-dwarfs = El emplazamiento, la audiencia y la época explican más de los resultados ({ NUMBER($context, maximumFractionDigits: 2) }, correlación de rangos dentro de cada campaña) que las propias creatividades ({ NUMBER($content, maximumFractionDigits: 2) }); el ruido permite como mucho { NUMBER($ceiling, maximumFractionDigits: 2) }. Cambia la audiencia antes que la imagen o el texto
scorer-note-attributed = `{ $target }` se apoya en la atribución de la propia plataforma: dice a qué anuncios se apunta ella las ventas, no cuáles las causaron
scorer-note-unlike = { $creatives ->
    [one] Una creatividad no se parece
   *[other] { $creatives } creatividades no se parecen
    } a las que el modelo conoció: no se opina sobre ellas
scorer-note-drifted = { $features } de { $of } características se han alejado de lo que el modelo conoció, sobre todo `{ $worst }`: vuelve a entrenarlo
scorer-note-outcome-ignored = { $creatives ->
        [one] { $creatives } creatividad tiene más clics que impresiones; sus resultados se han
       *[other] { $creatives } creatividades tienen más clics que impresiones; sus resultados se han
    } dejado fuera
scorer-note-alone = { $creatives ->
        [one] { $creatives } creatividad no tiene
       *[other] { $creatives } creatividades no tienen
    } comparables puntuadas del mismo modo; un 50 no dice nada en ese caso
scorer-note-mixed-bases = En la lista conviven puntuaciones de bases distintas: compáralas solo dentro de la misma base

### Columns of the reader's own tables

column-of-table = tu columna «{ $name }»
part-table = tus propias columnas

### Predictions that a test compares

order-content = lo que enseñan tus resultados
order-copy = de ello, solo las palabras
order-picture = de ello, solo la imagen
order-prior = lo que dicen las pruebas de titulares
order-headline-prior = lo que dicen del título las pruebas
order-longer-headline = el título más largo
order-longer-primary-text = el texto principal más largo
order-last-winner = lo parecido a lo mejor hasta ahora

### What is to be predicted

target-ctr = tasa de clics (clics por impresión)
target-cvr = tasa de conversión (conversiones por clic)
target-cpa = coste por conversión
target-roas = retorno de la inversión (ingresos por dinero gastado)
target-cpm = coste por mil impresiones
target-hook = tasa de enganche (reproducciones de 3 segundos por impresión)
target-hold = tasa de retención (reproducciones completas por cada una de 3 segundos)

### A test of what results teach: story backtest

backtest-title = Lo que enseñan tus resultados
backtest-verdict-skill = Hay capacidad predictiva: lo que enseñan tus resultados ordena las creatividades que no ha visto mejor que el azar, y ninguna regla sencilla las ordena claramente mejor.
backtest-verdict-no-skill = Sin capacidad predictiva: lo que enseñan tus resultados no ordena las creatividades que no ha visto mejor que el azar, o alguna regla sencilla las ordena claramente mejor. Las puntuaciones prescinden de ello.
backtest-rule = regla: { $name }
backtest-word-skill = hay capacidad predictiva
backtest-word-no-skill = sin capacidad predictiva
backtest-reached = Su orden concuerda con los resultados en { $value } (correlación de rangos dentro de cada campaña, intervalo del 95 % de { $interval }); 0 es puro azar, y el ruido de los resultados permite como mucho { $ceiling }.
backtest-reached-nothing = No hay dos creatividades de una misma campaña que comparar, así que no se ha podido medir nada; el ruido de los resultados permitiría como mucho { $ceiling }.
backtest-best-rule = La mejor regla sencilla, { $rule }, llega a { $value }.
backtest-learned = Aprendido de { $cases ->
        [one] { $cases } fila
       *[other] { $cases } filas
    } de resultados: { $creatives ->
        [one] { $creatives } creatividad
       *[other] { $creatives } creatividades
    } en { $campaigns ->
        [one] { $campaigns } campaña
       *[other] { $campaigns } campañas
    }.
backtest-window = Resultados del { $first } al { $last }.
backtest-held-campaign = A cada campaña la juzgó un modelo que no la había visto.
backtest-held-creative = A cada creatividad la juzgó un modelo que no la había visto en ninguna campaña.
backtest-held-time = A cada periodo lo juzgó lo que se sabía antes de él.
backtest-held-few = Campañas con resultados: { $campaigns }, muy pocas o con demasiadas creatividades en común para apartarlas enteras. Las creatividades se apartaron una a una, así que la capacidad predictiva puede estar sobrestimada.
backtest-fact-verdict = Veredicto
backtest-fact-target = Objetivo
backtest-fact-creatives = Creatividades
backtest-fact-campaigns = Campañas
backtest-fact-cases = Filas de resultados
backtest-interval = { $low } a { $high }
backtest-mark-chance = azar: 0
backtest-mark-ceiling = lo máximo que permite el ruido: { $value }
backtest-ranking = Qué tal ordena
backtest-ranking-explained = Correlación de rangos dentro de cada campaña, con intervalos del 95 %: 0 es puro azar, 1 es el orden de los propios resultados y { $ceiling } es lo máximo que permite el ruido de estos resultados.
backtest-bars = Correlación de rangos dentro de cada campaña
backtest-bars-rows = Correlación de rangos de las filas dentro de cada campaña
backtest-pairs = De dos creatividades de una campaña, pone delante la mejor en el { $share } de los pares ({ $low } a { $high }; una moneda: 50 %).
backtest-pairs-clear = Cuando sus resultados difieren con claridad, en el { $share }.
backtest-top = Primeros puestos
backtest-top-places = { $at ->
        [one] El primero
       *[other] Los { $at } primeros
    }
backtest-top-gain = Ganancia (NDCG)
backtest-top-interval = Intervalo del 95 %
backtest-top-random = Orden al azar
backtest-context = Quién vio el anuncio y el anuncio en sí
backtest-context-unknown = Las filas no dicen dónde, cuándo ni a quién se mostraron los anuncios, así que no se ha podido descontar nada: lo que parece mérito de una creatividad puede serlo de su emplazamiento o de su audiencia. Exporta los resultados por día y emplazamiento para separarlos.
backtest-context-more = Quién vio el anuncio explica más que el anuncio: el emplazamiento, la audiencia y la época ordenan las filas de una campaña en { $context }, la creatividad en { $content } y ambos juntos en { $both }; el ruido permite como mucho { $ceiling }. Cambia la audiencia antes que la imagen o el texto.
backtest-context-less = El anuncio explica al menos tanto como quién lo vio: la creatividad ordena las filas de una campaña en { $content }, el emplazamiento, la audiencia y la época en { $context }, y ambos juntos en { $both }; el ruido permite como mucho { $ceiling }.
backtest-context-delivery = emplazamiento, audiencia, época
backtest-context-creative = la creatividad
backtest-context-both = ambos juntos
backtest-context-explained = { $cases ->
        [one] Se ha comparado { $cases } fila
       *[other] Se han comparado { $cases } filas
    } de resultados. Todo lo demás de este informe trata solo de la creatividad, descontado lo que explica su difusión.
backtest-chances = Si las probabilidades anunciadas se cumplen
backtest-chances-found = En { $pairs } pares, las probabilidades de ganar anunciadas se apartan de lo ocurrido { $ece } puntos de media (pendiente { $slope }; 1 es lo correcto).
backtest-slope-right = Las probabilidades son más o menos tan decididas como deben.
backtest-slope-timid = Las probabilidades son demasiado tímidas: los favoritos ganan más de lo anunciado.
backtest-slope-bold = Las probabilidades son demasiado atrevidas: los favoritos ganan menos de lo anunciado.
backtest-chance-stated = Probabilidad anunciada del favorito
backtest-chance-observed = Favoritos que ganaron
backtest-chance-pairs = Pares
backtest-ranges = Si los intervalos se cumplen
backtest-ranges-found = Los intervalos que deben contener el { $level } de los resultados contuvieron el { $held } de { $n }, cada uno ajustado sin los resultados con los que se probó.
backtest-ranges-few = Ningún grupo tiene los 200 resultados que necesitaría una cifra propia.
backtest-ranges-group = Grupo
backtest-ranges-held = Dentro
backtest-ranges-results = Resultados
backtest-group-peers = comparadas entre { $name } creatividades
backtest-group-campaign = campaña { $name }
backtest-money = Dinero en juego
backtest-money-found = De { $spend } gastados, { $moved } fueron a creatividades que la clasificación pone en la mitad inferior de su campaña. Los resultados dan por bueno mover el { $right }; cada 1000 pasados a la mitad superior habrían dado { $extra } resultados (intervalo del 95 % de { $low } a { $high }), el { $share } del total. Es una mirada atrás, no una promesa: la subasta reacciona cuando el dinero se mueve.
backtest-money-no-skill = De { $spend } gastados, esta clasificación habría pasado { $moved } a la mitad superior de cada campaña; los resultados dan por bueno el { $right }, y cada 1000 movidos habrían dado { $extra } resultados (intervalo del 95 % de { $low } a { $high }), el { $share } del total. Sin capacidad predictiva, no muevas dinero por ella.
backtest-splits = Qué se mantuvo separado
backtest-leaks-none = Ninguna imagen ni ningún texto queda a ambos lados de un corte.
backtest-leaks-allowed = Hay creatividades que muestran lo mismo a ambos lados de un corte, y se ha permitido: { $pairs ->
        [one] { $pairs } par
       *[other] { $pairs } pares
    } (misma imagen { $pictures }, mismo texto { $texts }, parecidas { $alikes }). Lee las cifras como una prueba de repetición: dicen más de las creatividades conocidas que de las nuevas.
backtest-shared-picture = misma imagen
backtest-shared-text = mismo texto
backtest-shared-look-alike = se parecen
backtest-notes = Qué tener en cuenta
backtest-association = Todo esto son asociaciones en resultados pasados. Qué causa un resultado, solo lo dice una prueba aleatorizada.

### The card of a trained model

model-card-title = Modelo de tus resultados: { $target }
model-card-purpose = Para qué sirve
model-card-purpose-text = Ordena creatividades de esta cuenta con `gancho score --model { $file }`: el percentil que cabe esperar de cada una entre las demás, con un intervalo y sus razones. Solo conoce esta cuenta; no mide otras cuentas, personas ni mercados.
model-card-data = De qué aprendió
model-card-what = Qué
model-card-value = Valor
model-card-target = Objetivo
model-card-window = Resultados
model-card-window-unknown = sin días
model-card-window-days = del { $first } al { $last }
model-card-creatives = Creatividades
model-card-campaigns = Campañas
model-card-cases = Filas de resultados
model-card-features = Características de las creatividades: { $part }
model-card-context-features = Características de la difusión
model-card-objective = Aprendió para
model-card-objective-likelihood = la verosimilitud de los resultados
model-card-objective-rank = el orden dentro de cada campaña
model-card-held = Se apartaron
model-card-held-campaign = campañas enteras
model-card-held-creative = creatividades enteras
model-card-held-time = lo que vino después
model-card-part-copy = palabras
model-card-part-meaning = significado de las palabras
model-card-part-picture = imagen
model-card-part-embedding = aspecto de la imagen
model-card-part-comments = comentarios
model-card-part-table = tus propias columnas
model-card-prior = Qué valen aquí las pruebas de titulares
model-card-prior-text = Lo esperado antes de cualquier resultado de esta cuenta: una pendiente de { $mean } sobre lo que dicen las pruebas, con un margen de { $deviation } (1 sería como en las pruebas). En esta cuenta resultó { $slope }.
model-card-prior-none = Las pruebas de titulares no intervienen en este modelo: saben de clics en palabras, y este modelo predice otra cosa o no tiene palabras que leer.
model-card-limits = Límites
model-card-limit-association = Encuentra asociaciones en resultados pasados. Si un cambio causa un resultado, solo lo dice una prueba aleatorizada.
model-card-limit-attribution = Las conversiones y los ingresos son los que la plataforma atribuye a sus propios anuncios, no los que los anuncios causaron. Un modelo de ellos aprende también las costumbres de la plataforma.
model-card-limit-alike = Las creatividades que no se parecen a las que conoció reciben un intervalo amplio y ninguna puntuación de este modelo.
model-card-limit-delivery = Las plataformas muestran los anuncios a quien es probable que responda. Lo que ellas saben y las filas no dicen queda dentro del efecto de la creatividad.
model-card-limit-skill = No tiene capacidad predictiva: `gancho score` lo lee y prescinde de él.
model-card-retrain = Cuándo volver a entrenarlo
model-card-retrain-text = Pasados { $days } días, tras un cambio de producto, de mercado o de emplazamientos, o cuando lo diga `gancho models drift { $file } BIBLIOTECA --performance ARCHIVO`.
model-card-reproduce = Cómo reproducirlo
model-card-reproduce-text = Los mismos archivos y la misma versión (gancho { $version }) dan el mismo modelo, byte a byte:

### What became of a trained model: story drift

drift-title = ¿Sigue valiendo el modelo?
drift-keep = No hace falta volver a entrenar: las creatividades nuevas son como las que el modelo conoció y nada contradice sus intervalos.
drift-retrain = Vuelve a entrenar, porque { $because }.
drift-because-features = las creatividades se han alejado de las que conoció
drift-because-coverage = sus intervalos ya no contienen lo que prometen
drift-because-age = sus resultados tienen más de 180 días
drift-because-no-skill = no tenía capacidad predictiva cuando se entrenó
drift-age = { $days ->
        [one] Su último resultado tiene { $days } día.
       *[other] Su último resultado tiene { $days } días.
    }
drift-features = ¿Siguen siendo creatividades del mismo tipo?
drift-compared = { $creatives ->
        [one] { $creatives } creatividad comparada
       *[other] { $creatives } creatividades comparadas
    } con las que sirvieron para aprender, en { $features } características.
drift-head-feature = Característica
drift-head-index = Distancia
drift-head-chance = Por azar
drift-head-missing = Sin valor antes y ahora
drift-head-verdict = Significa
drift-is-stable = como antes
drift-is-moved = se ha movido
drift-is-far = muy lejos
drift-index-explained = La distancia es el índice de estabilidad de la población sobre décimas partes de los datos de entrenamiento. Si pasa en 0,1 lo que explica el azar, la característica se ha movido; si lo pasa en 0,25, está muy lejos.
drift-coverage = ¿Siguen cumpliéndose sus intervalos?
drift-coverage-unknown = La biblioteca no tiene resultados con los que contrastar el modelo.
drift-coverage-held = Sí, hasta donde pueden decirlo { $n } resultados nuevos: los intervalos prometen el { $level } y contienen el { $held } (p = { $p }).
drift-coverage-broken = No: en { $n } resultados nuevos, los intervalos prometen el { $level } y contienen el { $held } (p = { $p }).

### Models and tables of training

trained-model-unreadable = el modelo `{ $file }` no se puede leer: { $detail }; entrénalo con `gancho train`
trained-model-unusable = en `{ $file }`, { $detail }
trained-model-line = Modelo entrenado { $file }: { $target }, { $creatives } creatividades, { $window }; { $verdict }. { $age }
trained-model-age-unknown = Sus resultados no llevan días.
trained-model-fresh = Volver a entrenar: por la edad no hace falta; `gancho models drift` mira las creatividades
trained-model-stale = Volver a entrenar: sí, sus resultados tienen más de { $days } días
trained-model-useless = Volver a entrenar: sí, no tiene capacidad predictiva

### Features

feature-rest = resto de las medidas
feature-other = resto de las medidas
feature-context-language-en = texto en inglés
feature-unknown = medida `{ $name }`
feature-embedding = rasgos aprendidos de la imagen
feature-embedding-look = aspecto general de la imagen
feature-copy-headline-logit = redacción, comparada con titulares probados
feature-copy-meaning-logit = significado, comparado con titulares probados
feature-picture-aspect-ratio = proporción entre ancho y alto de la imagen
feature-picture-luminance = luminosidad de la imagen
feature-picture-rms-contrast = contraste de la imagen
feature-picture-sharpness = nitidez de la imagen
feature-picture-colorfulness = colorido de la imagen
feature-picture-saturation = saturación de los colores
feature-picture-warm-share = proporción de colores cálidos
feature-picture-edge-density = proporción de bordes y detalle fino
feature-picture-clipped-dark = proporción perdida en negro puro
feature-picture-clipped-bright = proporción perdida en blanco puro
feature-picture-white-space = proporción de espacio vacío
feature-picture-symmetry = simetría entre izquierda y derecha
feature-picture-color-entropy = variedad de colores
feature-picture-gradient-entropy = variedad de detalle
feature-picture-text-area = proporción de la imagen ocupada por texto
feature-picture-attention-on-text = proporción de la atención puesta en el texto
feature-picture-attention-on-faces = proporción de la atención puesta en las caras
feature-picture-attention-on-center = proporción de la atención puesta en el centro
feature-picture-unattended-share = proporción de la imagen que apenas se mira
feature-picture-focal-points = número de puntos donde se detiene la mirada
feature-picture-first-focal-share = proporción de la atención en el primer punto donde se detiene la mirada
feature-picture-lowest-text-contrast = contraste más bajo entre el texto y su fondo
feature-picture-faces = número de caras
feature-picture-largest-face-share = proporción de la imagen que ocupa la cara más grande
feature-picture-kind-photo = probabilidad de que sea una fotografía
feature-picture-kind-design = probabilidad de que sea un diseño compuesto
feature-picture-kind-screenshot = probabilidad de que sea una captura de pantalla
feature-picture-kind-logo-or-packshot = probabilidad de que sea un logotipo o un producto sobre fondo liso
feature-picture-crop-1x1-attention-lost = proporción de la atención perdida al recortar a 1:1
feature-picture-crop-1x1-text-lost = proporción del texto perdida al recortar a 1:1
feature-picture-crop-4x5-attention-lost = proporción de la atención perdida al recortar a 4:5
feature-picture-crop-4x5-text-lost = proporción del texto perdida al recortar a 4:5
feature-picture-crop-9x16-attention-lost = proporción de la atención perdida al recortar a 9:16
feature-picture-crop-9x16-text-lost = proporción del texto perdida al recortar a 9:16
feature-picture-crop-16x9-attention-lost = proporción de la atención perdida al recortar a 16:9
feature-picture-crop-16x9-text-lost = proporción del texto perdida al recortar a 16:9
feature-copy-any-graphemes = número de caracteres { $place }
feature-copy-any-utf16-units = longitud { $place } según la cuentan las plataformas
feature-copy-any-words = número de palabras { $place }
feature-copy-any-sentences = número de frases { $place }
feature-copy-any-lines = número de líneas { $place }
feature-copy-any-characters-per-word = número de caracteres por palabra { $place }, con espacios
feature-copy-any-words-per-sentence = número de palabras por frase { $place }
feature-copy-any-mean-word-length = longitud media de las palabras { $place }
feature-copy-any-longest-word = longitud de la palabra más larga { $place }
feature-copy-any-long-word-share = proporción de palabras largas { $place }
feature-copy-any-syllables-per-word = número de sílabas por palabra { $place }
feature-copy-any-digits = número de dígitos { $place }
feature-copy-any-numbers = cantidad de cifras { $place }
feature-copy-any-currency-amounts = cantidad de importes { $place }
feature-copy-any-percentages = cantidad de porcentajes { $place }
feature-copy-any-starts-with-number = cifra al principio { $place }
feature-copy-any-question-marks = número de signos de interrogación { $place }
feature-copy-any-exclamation-marks = número de signos de exclamación { $place }
feature-copy-any-inverted-question-marks = número de signos de apertura de interrogación (¿) { $place }
feature-copy-any-inverted-exclamation-marks = número de signos de apertura de exclamación (¡) { $place }
feature-copy-any-unmatched-marks = número de signos de interrogación o exclamación sin pareja { $place }
feature-copy-any-quotes = número de pasajes entre comillas { $place }
feature-copy-any-ellipses = número de puntos suspensivos { $place }
feature-copy-any-emoji = número de emojis { $place }
feature-copy-any-starts-with-emoji = emoji al principio { $place }
feature-copy-any-capital-share = proporción de mayúsculas { $place }
feature-copy-any-all-caps-words = número de palabras en mayúsculas { $place }
feature-copy-any-all-caps-share = proporción de palabras en mayúsculas { $place }
feature-copy-any-urls = número de direcciones web { $place }
feature-copy-any-hashtags = número de etiquetas (#) { $place }
feature-copy-any-mentions = número de menciones { $place }
feature-copy-any-list-items = número de elementos de lista { $place }
feature-copy-any-list-like = forma de lista { $place }
feature-copy-any-flesch = facilidad de lectura { $place } (Flesch)
feature-copy-any-flesch-kincaid-grade = curso escolar necesario para la lectura { $place } (Flesch-Kincaid)
feature-copy-any-fernandez-huerta = facilidad de lectura { $place } (Fernández Huerta)
feature-copy-any-szigriszt-pazos = facilidad de lectura { $place } (Szigriszt-Pazos)
feature-copy-any-type-token-ratio = proporción de palabras distintas { $place }
feature-copy-any-mtld = variedad de vocabulario { $place } (MTLD)
feature-copy-any-second-person-tu = número de formas de «tú» { $place }
feature-copy-any-second-person-usted = número de formas de «usted» { $place }
feature-copy-any-second-person-vos = número de formas de «vos» { $place }
feature-copy-any-second-person-vosotros = número de formas de «vosotros» { $place }
feature-copy-any-second-person-you = número de formas de «you» { $place }
feature-copy-any-first-person-share = proporción de primera persona { $place }
feature-copy-any-second-person-share = proporción de segunda persona { $place }
feature-copy-any-third-person-share = proporción de tercera persona { $place }
feature-copy-any-imperative-opener = imperativo al principio { $place }
feature-copy-any-imperative-share = proporción de frases { $place } que empiezan por un imperativo
feature-copy-any-infinitive-opener = infinitivo al principio { $place }
feature-copy-any-negations = número de negaciones { $place }
feature-copy-any-superlatives = número de superlativos { $place }
feature-copy-any-curiosity-words = número de expresiones de intriga { $place }
feature-copy-any-urgency-words = número de expresiones de urgencia { $place }
feature-copy-any-function-word-share = proporción de palabras gramaticales { $place }
feature-copy-any-positive-share = proporción de palabras positivas { $place }
feature-copy-any-negative-share = proporción de palabras negativas { $place }

# Duplicados y parecidos
relation-duplicate = duplicado
relation-same-art-other-text = mismo arte, otro texto
relation-look-alike = parecida
similar-relation = Relación
similar-similarity = Similitud
similar-first = Imagen
similar-second = Se parece a
similar-nothing = No se ha encontrado nada parecido
similar-explained = La similitud es el coseno de los embeddings. Un duplicado es la misma imagen recomprimida, redimensionada, algo recortada, con un borde o con otros colores; el mismo arte con otro texto difiere en una parte; una parecida es otra imagen.
similar-summary = { $pictures ->
    [one] Una imagen
   *[other] { $pictures } imágenes
}: { $duplicates ->
    [one] un par de duplicados
   *[other] { $duplicates } pares de duplicados
}, { $texts } del mismo arte con otro texto, { $alikes } de parecidas; { $quarantined } sin usar
similar-concepts = Número efectivo de conceptos distintos: { NUMBER($concepts, maximumFractionDigits: 1) } en { $pictures ->
    [one] una imagen
   *[other] { $pictures } imágenes
}
similar-drops = Lo que menos aporta, en este orden:
similar-drop = { $path }: se parece a { $like }; sin ella quedan { NUMBER($concepts, maximumFractionDigits: 1) } conceptos en { $remaining ->
    [one] una imagen
   *[other] { $remaining } imágenes
}

### Language models and public classifiers (area language-model)

language-model-bad-text-config = el config.json del modelo no sirve: { $detail }; elige un clasificador de secuencias RoBERTa o XLM-R
language-model-bad-tokenizer = el tokenizador del modelo no sirve: { $detail }; vuelve a descargar el modelo
language-model-no-sentiment-labels = las etiquetas del modelo son { $found }; un modelo de sentimiento tiene etiquetas para negativo y positivo por su nombre
language-model-device-lost = el dispositivo no dio resultado: { $detail }; prueba con --device cpu
language-model-not-a-number = el resultado del texto { $row } del lote no son números finitos; prueba con --device cpu
language-model-unreadable-weights = los pesos del modelo no se pueden leer: { $detail }
language-model-missing-tensors = a los pesos les faltan { $count } tensores que la red necesita: { $tensors }; elige otro modelo
language-model-unused-tensors = los pesos tienen { $count } tensores que la red no tiene: { $tensors }; elige otro modelo
language-model-wrong-shape = el tensor `{ $tensor }` de los pesos tiene forma { $found }, la red necesita { $expected }
language-model-wrong-kind = el tensor `{ $tensor }` de los pesos contiene { $found }; se esperaba F16, BF16 o F32
language-model-not-finite = el tensor `{ $tensor }` de los pesos contiene { $count } valores que no son números finitos

### Comments

nothing-to-read = `{ $text }` no se puede leer; usa palabras en español o en inglés
progress-comments = comentarios
cli-summary-no-csv = un resumen no es una tabla: usa --format table, json o jsonl
cli-unknown-columns = columnas sin significado aquí: { $columns }
cli-comments-read = { $comments } comentarios, { $faults } filas con fallo, { $rate } comentarios por segundo
comment-negative = negativo
comment-neutral = neutro
comment-positive = positivo
comment-illegible = ilegible
comment-toxic = insulto
comment-spam = spam
comment-irony = ironía
comment-intent-question = pregunta
comment-intent-purchase = compra
comment-intent-complaint = queja
comment-intent-toxic = insulto
comments-counted = { $comments ->
    [one] { $comments } comentario
   *[other] { $comments } comentarios
} ({ $languages }) bajo { $creatives ->
    [one] { $creatives } creatividad
   *[other] { $creatives } creatividades
}; { $illegible } no se han podido leer.
comments-count = número
comments-all = todos
comments-share-negative = negativo
comments-share-neutral = neutro
comments-share-positive = positivo
comments-share-question = pregunta
comments-share-complaint = queja
comments-share-toxic = insulto
comments-share-spam = spam
comments-explained = Las proporciones son de los comentarios que no son spam (el spam: de todos). Los rangos son intervalos del { $level } % por quién ha comentado; los errores de lectura se suman aparte. Con menos de { $minimum } comentarios hay recuentos en vez de proporciones.
comments-more-creatives = ... y { $count ->
    [one] { $count } creatividad más
   *[other] { $count } creatividades más
} (están en --format json)
comments-more-faults = y { $count } filas más con fallo
comments-topics-question = Qué preguntan
comments-topics-complaint = De qué se quejan
comments-topic = «{ $text }» (fila { $row })
comments-topic-under = «{ $text }» (fila { $row }; bajo { $creatives })
comments-changes = Qué ha cambiado desde { $since }, comparado con antes
comments-changed = más de lo que daría el azar
comments-unchanged = no más que el azar
comments-replies = Esperan respuesta, lo más urgente primero
comments-reply = { $why }: «{ $text }» (fila { $row }, { $likes } me gusta)
similar-copy-nothing = Ningún texto de la biblioteca se parece tanto.

### What people answered, as features of the scorer

part-comments = los comentarios en conjunto
feature-comments-count = número de comentarios
feature-comments-negative-share = proporción de comentarios negativos
feature-comments-positive-share = proporción de comentarios positivos
feature-comments-question-share = proporción de preguntas entre los comentarios
feature-comments-purchase-share = proporción de comentarios con intención de compra
feature-comments-complaint-share = proporción de quejas entre los comentarios
feature-comments-toxic-share = proporción de insultos entre los comentarios
feature-comments-spam-share = proporción de spam entre los comentarios

### Lo que hay que saber de un historial

learn-strangers = { $rows ->
    [one] Una fila de resultados no nombra
   *[other] { $rows } filas de resultados no nombran
    } ninguna creatividad de esta biblioteca y no ha contado
learn-other-results = Las filas cuentan varias clases de resultados, que nunca se suman; estas no cuentan como conversiones: { $kinds }
### Exports of ad platforms (areas import, import-skip, import-warning)

import-file-unreadable = no se puede leer `{ $file }`: { $detail }
import-file-too-large = `{ $file }` ocupa { $bytes } bytes o más y el límite es de { $limit }; exporta menos días de una vez
import-too-many-rows = `{ $file }` tiene más de { $limit } registros; exporta menos días de una vez
import-empty-file = `{ $file }` está vacío
import-broken-gzip = no se puede descomprimir `{ $file }` ({ $detail }); probablemente se cortó al copiarlo
import-broken = no se puede leer `{ $file }` como { $format } ({ $detail }); vuelve a exportarlo
import-no-header = `{ $file }` no tiene ningún encabezado con nombres conocidos en sus primeros { $looked_at } registros (encontrado: { $found }); indica las columnas en un archivo de correspondencias
import-header-only = `{ $file }` tiene encabezado en el registro { $record }, pero ninguna fila
import-no-rows = ninguno de los { $records } registros de `{ $file }` es una fila de datos
import-mixed-numbers = `{ $file }` mezcla signos decimales en la columna `{ $header }`: `{ $example }` en el registro { $record } y `{ $other }` en el registro { $other_record }. ¿Cuál es el bueno? Indica decimal = 'point' o decimal = 'comma' en un archivo de correspondencias o corrige el archivo
import-ambiguous-numbers = ¿`{ $example }` en la columna `{ $header }`, registro { $record } de `{ $file }`, lleva decimales o miles? Nada en el archivo lo aclara; indica decimal = 'point' o decimal = 'comma' en un archivo de correspondencias
import-mixed-dates = `{ $file }` mezcla día/mes y mes/día: `{ $example }` en el registro { $record } y `{ $other }` en el registro { $other_record }; indica dates = 'day-month' o dates = 'month-day' en un archivo de correspondencias o corrige el archivo
import-ambiguous-dates = ¿`{ $example }` en la columna `{ $header }`, registro { $record } de `{ $file }`, es día/mes o mes/día? Nada en el archivo lo aclara; indica dates = 'day-month' o dates = 'month-day' en un archivo de correspondencias
import-mapped-column-missing = el archivo de correspondencias dice { $field } = `{ $header }`, pero `{ $file }` no tiene esa columna; tiene: { $found }
import-no-period-in-file-name = el archivo de correspondencias dice period = 'file-name', pero el nombre de `{ $file }` no contiene dos fechas como 2025-10-01 y 2025-10-31
import-mapping-unreadable = no se puede leer el archivo de correspondencias `{ $file }`: { $detail }
import-mapping-invalid = { $file }:{ $line }:{ $column }: { $detail }
import-mapping-unknown-key = { $file }:{ $line }:{ $column }: no existe la clave `{ $key }`; ¿querías decir `{ $nearest }`?
import-skip-preamble = está por encima del encabezado
import-skip-blank = está en blanco
import-skip-total = es un total { $label ->
        [none] de todas las filas
       *[other] ({ $label })
    }
import-skip-subtotal = es un subtotal ({ $label })
import-skip-average = es una media ({ $label })
import-skip-stray = es una cifra suelta sin ningún nombre
import-skip-footnote = es una línea de texto, no una fila de la tabla
import-skip-duplicate = repite exactamente el registro { $of }
import-skip-repeated-header = repite el encabezado
import-skip-other-table = pertenece a otra tabla del archivo
import-skip-too-many-cells = tiene { $found } celdas y el encabezado { $expected }
import-skip-unclosed-quote = en él se abren unas comillas que no se cierran; lo que sigue se pierde
import-skip-broken = no se puede leer: { $detail }
import-warning-totals-differ = el total del registro { $record } dice { $total } en { $field } y las filas suman { $sum }; ¿se filtró la exportación?
import-warning-totals-reach = el total del registro { $record } dice { $total } de alcance y las filas { $sum }: cada persona se cuenta una vez, el alcance no se suma
import-warning-breakdown-rows = { $ads ->
        [one] { $ads } anuncio tiene varias filas para los mismos días, desglosadas por { $by }; súmalas antes de comparar anuncios
       *[other] { $ads } anuncios tienen varias filas para los mismos días, desglosadas por { $by }; súmalas antes de comparar anuncios
    }
import-warning-repeated-column = la columna `{ $header }` aparece dos veces con los mismos valores; se usa la primera
import-warning-repeated-column-differs = la columna `{ $header }` aparece dos veces con valores distintos; se usa la primera
import-warning-competing-columns = tanto `{ $used }` como `{ $other }` significan { $field }; se usa `{ $used }`
import-warning-no-dates = las filas no llevan fecha; indica el periodo en un archivo de correspondencias: period = '2025-10-01/2025-10-31'
import-warning-dates-in-file-name = las filas no llevan fecha; el nombre del archivo dice { $period }. Si ese es el periodo, indícalo en un archivo de correspondencias: period = '{ $period }'
import-warning-mixed-currency = hay importes en { $currencies }; no los sumes nunca sin un tipo de cambio
import-warning-unknown-currency = nada en el archivo dice la moneda de los importes; indícala en un archivo de correspondencias: currency = 'EUR'
import-warning-negative-values = { $cells } cifras son negativas, la primera en el registro { $record }: correcciones, que se conservan para que las sumas cuadren con la factura
import-warning-duplicate-rows = { $rows ->
        [one] el registro { $record } repite otro celda por celda y queda fuera
       *[other] { $rows } registros repiten otros celda por celda y quedan fuera, el primero es el { $record }
    }
import-warning-equal-rows = { $rows ->
        [one] el registro { $record } es igual a otro y se conserva: sin un id pueden ser anuncios distintos
       *[other] { $rows } registros son iguales a otros y se conservan, el primero es el { $record }: sin un id pueden ser anuncios distintos
    }
import-warning-formula-like-text = { $cells ->
        [one] un texto empieza por = + - o @, en el registro { $record }; aquí es texto y hay que protegerlo en una hoja de cálculo
       *[other] { $cells } textos empiezan por = + - o @, el primero en el registro { $record }; aquí son texto y hay que protegerlos en una hoja de cálculo
    }
import-warning-bidi-control = { $cells ->
        [one] un texto tiene caracteres que invierten el sentido de la escritura, en el registro { $record }; puede no ser lo que parece
       *[other] { $cells } textos tienen caracteres que invierten el sentido de la escritura, el primero en el registro { $record }; pueden no ser lo que parecen
    }
import-warning-control-characters = { $cells ->
        [one] una celda tiene caracteres de control, en el registro { $record }
       *[other] { $cells } celdas tienen caracteres de control, la primera en el registro { $record }
    }
import-warning-huge-cell = { $cells ->
        [one] el campo { $position } (`{ $header }`) del registro { $record } ocupa { $bytes } bytes
       *[other] el campo { $position } (`{ $header }`) del registro { $record } ocupa { $bytes } bytes, y en total { $cells } celdas son así de largas
    }
import-warning-bad-number = { $cells ->
        [one] una celda de `{ $header }` no es un número y queda fuera, en el registro { $record }: `{ $value }`
       *[other] { $cells } celdas de `{ $header }` no son números y quedan fuera, la primera en el registro { $record }: `{ $value }`
    }
import-warning-bad-date = { $cells ->
        [one] una celda de `{ $header }` no es una fecha y queda fuera, en el registro { $record }: `{ $value }`
       *[other] { $cells } celdas de `{ $header }` no son fechas y quedan fuera, la primera en el registro { $record }: `{ $value }`
    }
import-warning-rounded-id = { $cells ->
        [one] un id de `{ $header }` pasó por una hoja de cálculo que lo redondeó, en el registro { $record }: `{ $value }`; vuelve a exportar y no abras antes el archivo
       *[other] { $cells } id de `{ $header }` pasaron por una hoja de cálculo que los redondeó, el primero en el registro { $record }: `{ $value }`; vuelve a exportar y no abras antes el archivo
    }
import-warning-rate-differs = `{ $header }` no cuadra con sus partes en { $cells ->
        [one] un registro, el { $record }
       *[other] { $cells } registros, el primero es el { $record }
    }: dice { $written } y las partes dan { $computed }
import-warning-other-table = en el registro { $record } empieza otra tabla; presenta el mismo gasto de otra forma, así que queda fuera
import-warning-other-sheets = { $sheets } hojas contienen resultados; se ha leído `{ $used }`
import-warning-short-records = { $records ->
        [one] el registro { $record } termina antes de tiempo; lo que le falta no se conoce
       *[other] { $records } registros terminan antes de tiempo, el primero es el { $record }; lo que les falta no se conoce
    }
import-warning-invalid-bytes = { $cells ->
        [one] una celda tiene bytes que no son texto, en el registro { $record }; aparecen como U+FFFD
       *[other] { $cells } celdas tienen bytes que no son texto, la primera en el registro { $record }; aparecen como U+FFFD
    }
import-warning-mixed-results = los resultados son de varias clases ({ $kinds }); no los sumes ni los compares entre clases
import-warning-clicks-exceed-impressions = { $rows ->
        [one] el registro { $record } tiene más clics que impresiones; ¿están cambiadas las columnas?
       *[other] { $rows } registros tienen más clics que impresiones, el primero es el { $record }; ¿están cambiadas las columnas?
    }
imported-date = Días
imported-campaign = Campaña
imported-ad = Anuncio
imported-spend = Gasto
imported-impressions = Impresiones
imported-clicks = Clics
imported-results = Resultados
imported-more = … y { $rows } filas más; --format jsonl o csv las contiene todas
imported-more-skipped = … y { $records } registros más
imported-sums = { $rows ->
        [one] { $rows } fila
       *[other] { $rows } filas
    }: gasto { $spend }, { $impressions } impresiones, { $clicks } clics; { $skipped ->
        [one] { $skipped } registro no es un dato
       *[other] { $skipped } registros no son datos
    }
cli-imported = { $rows } filas, { $skipped } registros que no son datos

### Explicaciones

in-field-headline = En el título
in-field-primary-text = En el texto principal
in-field-image = En la imagen
region-text-adds = El texto de la imagen ({ $place }) suma { $points } puntos
region-text-costs = El texto de la imagen ({ $place }) cuesta { $points } puntos
region-text-even = El texto de la imagen ({ $place }) apenas influye
region-attention-adds = El lugar que atrae la mirada ({ $place }) suma { $points } puntos
region-attention-costs = El lugar que atrae la mirada ({ $place }) cuesta { $points } puntos
region-attention-even = El lugar que atrae la mirada ({ $place }) apenas influye
region-face-adds = La cara de la imagen ({ $place }) suma { $points } puntos
region-face-costs = La cara de la imagen ({ $place }) cuesta { $points } puntos
region-face-even = La cara de la imagen ({ $place }) apenas influye
edit-drop-word = { $field }, quita «{ $taken }».
edit-drop-sentence = { $field }, quita la frase «{ $taken }».
edit-swap-words = { $field }, escribe «{ $put }» en vez de «{ $taken }».
edit-fix-capitals = { $field }, escríbelo sin mayúsculas sostenidas: «{ $after }».
edit-fix-marks = { $field }, ordena la puntuación: «{ $after }».
edit-drop-question = { $field }, quita la pregunta «{ $taken }».
edit-ask-question = { $field }, pregunta en vez de afirmar: «{ $after }».
edit-first-sentence = { $field }, deja solo la primera frase: «{ $after }».
edit-swap-fields = Pon de título «{ $after }», la primera frase del texto, y empieza el texto con «{ $before }».
edit-sibling-headline = Prueba el título de otra creatividad de esta campaña: «{ $after }».
edit-remove-text = Quita este texto de la imagen ({ $place }).
edit-crop-1x1 = Recorta la imagen a 1:1 en torno a lo que se mira ({ $after } de { $before } píxeles).
edit-crop-4x5 = Recorta la imagen a 4:5 en torno a lo que se mira ({ $after } de { $before } píxeles).
edit-crop-9x16 = Recorta la imagen a 9:16 en torno a lo que se mira ({ $after } de { $before } píxeles).
edit-contrast = Sube el contraste de la imagen (de { $before } a { $after }).
edit-brightness = Aclara la imagen (de { $before } a { $after }).
edit-gain = Ganancia esperada: { $gain } puntos (rango del { $level }: de { $low } a { $high }).
edit-gain-unsure = Ganancia esperada: { $gain } puntos, aunque puede ser nula (rango del { $level }: de { $low } a { $high }): publica las dos versiones y que decidan los resultados.
explain-heading = En detalle: n.º { $rank }, { $id } ({ $score })
explain-words = Lo que suma cada palabra o signo: { $words }
explain-words-even = Ninguna palabra ni signo mueve la puntuación una décima de punto.
explain-word = { $points } «{ $text }»
explain-edits = Qué cambiar:
explain-edits-none = No se ha encontrado ningún cambio que gane más de un punto: déjala como está y prueba a su lado una idea distinta.
explain-meaning = Una palabra o una región vale la diferencia entre la puntuación con ella y sin ella; un cambio, la diferencia entre la puntuación cambiada y la actual. Son asociaciones, no causas: haz una prueba antes de fiarte.
html-words = Lo que suma cada palabra
html-words-meaning = Las palabras sombreadas suman (+) o restan (−) puntos: la puntuación con la palabra, menos la puntuación sin ella. Una asociación, no una causa.
html-edits = Qué cambiar
html-no-edits = No se ha encontrado ningún cambio que gane más de un punto: déjala como está y prueba a su lado una idea distinta.
html-regions = Lo que suman las regiones de la imagen
html-key-regions = lo que suma o cuesta una región

### Escribir textos: gancho write

## Briefs que no se pueden leer (área brief)

brief-unreadable = no se puede leer el brief `{ $file }`: { $detail }
brief-syntax = { $line ->
    [0] esto no es { $format } ({ $detail }); corrígelo o mira `gancho write --example`
   *[other] línea { $line }, columna { $column }: esto no es { $format } ({ $detail }); corrígelo o mira `gancho write --example`
}
brief-not-an-object = un brief es un objeto con campos como `brand` y `product`, y esto es { $found }; mira `gancho write --example`
brief-unknown-field = no existe el campo `{ $field }`; ¿querías decir `{ $nearest }`?
brief-wrong-type = `{ $field }` es { $found }, pero hace falta { $wanted }; escribe los textos y los precios entre comillas
brief-unknown-value = `{ $field }` vale `{ $found }`, que no se conoce; ¿querías decir `{ $nearest }`?
brief-too-large = el brief ocupa { $bytes } bytes y el límite es de { $limit }; acórtalo
brief-too-many = `{ $field }` tiene { $entries } entradas y el límite es de { $limit }; quédate con las mejores

## Qué falla en un brief; delante va la ruta del campo (área brief-problem)

brief-problem-nothing-to-advertise = no hay marca ni producto que nombrar; indica al menos uno de los dos
brief-problem-no-brand = no hay marca; solo se nombra el producto
brief-problem-no-product = no hay producto; solo se nombra la marca
brief-problem-nothing-to-say = no hay ningún beneficio, prueba ni oferta; no se inventa nada, así que indica al menos uno
brief-problem-degenerate = la marca y el producto tienen una sola letra cada uno; escríbelos enteros
brief-problem-required-is-forbidden = `{ $required }` es obligatorio, pero contiene `{ $forbidden }`, que está prohibido; quita uno de los dos
brief-problem-required-too-long = `{ $required }` tiene { $length } caracteres y en el campo más amplio caben { $limit }; acórtalo
brief-problem-required-too-many = las menciones obligatorias suman { $length } caracteres y en todos los campos juntos caben { $limit }; exige menos
brief-problem-required-characters = `{ $required }` es obligatorio, pero la plataforma no admite emojis; escríbelo sin ellos
brief-problem-limit-too-small = en { $limit ->
    [one] { $limit } carácter
   *[other] { $limit } caracteres
} no cabe ninguna frase; sube el límite de `{ $of }`
brief-problem-no-fields = no se conoce el emplazamiento `{ $placement }` y el brief no fija límites; fíjalos
brief-problem-unknown-placement = no se conoce el emplazamiento `{ $placement }`; se usan los límites del propio brief
brief-problem-name-too-long = este nombre tiene { $length } caracteres y en el campo más amplio caben { $limit }; indica un nombre corto
brief-problem-text-too-long = tiene { $length } caracteres y en el campo más amplio caben { $limit }; queda fuera si no lo acortas
brief-problem-injection = `{ $text }` da órdenes en vez de datos y queda fuera; escribe qué hace el producto
brief-problem-control-tokens = `{ $text }` contiene marcas de formatos de chat; se tratan como caracteres corrientes
brief-problem-control-characters = `{ $text }` contiene caracteres de control; quítalos
brief-problem-prohibited = `{ $text }` es una promesa sobre { $class ->
    [health] la salud
   *[income] los ingresos
} que ningún anuncio puede hacer; queda fuera
brief-problem-prohibited-required = `{ $text }` tendría que escribirse, pero es una promesa sobre { $class ->
    [health] la salud
   *[income] los ingresos
} que ningún anuncio puede hacer; quítalo
brief-problem-holds-forbidden = `{ $text }` contiene `{ $forbidden }`, que está prohibido, y queda fuera
brief-problem-personal-attribute = `{ $text }` describe al público por atributos personales; el público no pasa a los textos
brief-problem-contradiction = `{ $text }` contradice `{ $other }` ({ $other_field }); los dos quedan fuera
brief-problem-discount-upward = el precio sube de { $old } a { $new }, y eso no es un descuento; la oferta queda fuera
brief-problem-impossible = `{ $text }` no puede ser; el texto queda fuera
brief-problem-other-price = la oferta dice { $offer } y el precio es { $price }; la oferta queda fuera
brief-problem-no-number-in-price = `{ $text }` no contiene ningún número; escribe el precio como debe verse en el anuncio
brief-problem-other-currency = el precio lleva el signo `{ $sign }` y la moneda es { $currency }; corrige uno de los dos
brief-problem-unusual-address = `{ $address }` no es el tratamiento de { $market }; lo habitual es `{ $usual }`
brief-problem-other-market = no existe el mercado `{ $market }` en el idioma `{ $language }`; corrige uno de los dos
brief-problem-other-language = el brief está escrito en `{ $found }` y los textos van en `{ $wanted }`; traduce el brief
brief-problem-emoji = `{ $text }` contiene emojis, que la plataforma rechaza; queda fuera
brief-problem-repeated = `{ $text }` aparece dos veces

## Por qué se descartan candidatos; delante va cuántos

write-rule-over_limit = con más texto del que cabe en su campo
write-rule-empty = sin nada que leer
write-rule-unknown_field = con un campo que el emplazamiento no tiene
write-rule-forbidden_word = con una palabra que el brief prohíbe
write-rule-missing_required = sin una mención que el brief exige
write-rule-number_changed = con un número que no está así en el brief
write-rule-name_changed = con un nombre que el brief escribe de otra forma
write-rule-invented_fact = con un nombre o un dato que no está en el brief
write-rule-unsupported_claim = con una afirmación que el brief no respalda
write-rule-unsupported_superlative = con un superlativo o una comparación que el brief no respalda
write-rule-wrong_address = con un tratamiento equivocado, o con dos a la vez
write-rule-agreement = sin concordancia de género o de número
write-rule-wrong_language = en un idioma distinto del que pide el brief
write-rule-followed_injection = con palabras de una orden oculta en el brief
write-rule-personal_attribute = con un atributo personal que se da por cierto de quien lee
write-rule-shouting = con palabras en mayúsculas o demasiadas exclamaciones
write-rule-repeated_punctuation = con puntuación repetida
write-rule-unmatched_mark = con un signo, unas comillas o un paréntesis sin su pareja
write-rule-typography_percent = con un espacio mal puesto ante %
write-rule-spacing = con espacios dobles, en los extremos o ante la puntuación
write-rule-emoji = con emojis donde el emplazamiento no los admite
write-rule-control_character = con caracteres de control
write-rule-markup = con marcado, huecos por rellenar o viñetas
write-rule-near_duplicate = casi igual que otro texto

## Qué se ha corregido en una variante

write-repair-spaces = espacios corregidos
write-repair-punctuation = puntuación repetida eliminada
write-repair-opening_mark = signo de apertura añadido
write-repair-sign_space = espacio ante % o ante la moneda corregido
write-repair-control_characters = caracteres de control eliminados
write-repair-final_stop = punto final del título eliminado
write-repair-wrapping = comillas o etiqueta alrededor de la línea eliminadas

## Por qué hay menos variantes de las pedidas

write-blocked-nothing-fits = { $shortest ->
    [none] { $field }: nada cabe en { $limit } caracteres; sube el límite o da datos más cortos.
   *[other] { $field }: nada cabe en { $limit } caracteres y el texto más corto que se ha encontrado es «{ $shortest }»; sube el límite o da nombres y datos más cortos.
}
write-blocked-rule = { $stopped ->
    [one] Se ha descartado { $stopped } candidato
   *[other] Se han descartado { $stopped } candidatos
} por un mismo motivo ({ $rule }), por ejemplo «{ $example }».
write-blocked-few-facts = { $found ->
    [0] El brief dice demasiado poco: ningún anuncio ha pasado el control; añade beneficios, pruebas o una oferta.
    [one] El brief dice demasiado poco para más variantes que se distingan lo bastante ({ $found } anuncio ha pasado el control); añade beneficios, pruebas o una oferta.
   *[other] El brief dice demasiado poco para más variantes que se distingan lo bastante ({ $found } anuncios han pasado el control); añade beneficios, pruebas o una oferta.
}

## Esquemas retóricos, campos y motores

write-frame-aida = AIDA (atención, interés, deseo, acción)
write-frame-bab = antes–después–puente
write-frame-fab = de la característica al beneficio
write-frame-four-u = cuatro U (útil, urgente, único, ultraespecífico)
write-frame-how-to = cómo se hace
write-frame-offer = la oferta primero
write-frame-pas = problema–agitación–solución
write-frame-plain = sin adornos
write-frame-proof = la prueba primero
write-frame-question = pregunta
write-frame-testimonial = testimonio
write-frame-urgency = urgencia
write-field-primary_text = Texto principal
write-field-intro_text = Texto introductorio
write-field-ad_text = Texto del anuncio
write-field-text = Texto
write-field-subject = Asunto
write-field-preheader = Preencabezado
write-field-title = Título
write-field-body = Cuerpo
write-field-footer = Pie
write-field-headline = Título
write-field-long_headline = Título largo
write-field-description = Descripción
write-field-call_to_action = Llamada a la acción
write-engine-composer = compositor (plantillas)
write-engine-model = modelo de lenguaje

## Qué ha sido de los briefs

write-brief = Brief «{ $brief }»
write-summary = { $written } de { $wanted ->
    [one] { $wanted } variante
   *[other] { $wanted } variantes
}; { $judged ->
    [one] se ha creado { $judged } candidato
   *[other] se han creado { $judged } candidatos
} y { $passed ->
    [one] { $passed } ha pasado
   *[other] { $passed } han pasado
} el control.
write-refused = No se ha escrito nada para este brief; mira lo indicado arriba.
cli-write-no-brief = falta el brief: indica un archivo, `-` para la entrada estándar o al menos --brand o --product; `gancho write --example` muestra uno
cli-write-saved = escrito en { $path }: { $variants ->
        [one] { $variants } variante
       *[other] { $variants } variantes
    }
progress-writing = Escribiendo los textos

## La sesión

write-session-welcome = Escribe `ayuda` para ver qué puedes hacer y `salir` para terminar.
write-session-help =
    más [N]               N variantes más
    más corto [3]         variantes más cortas; con un número, más cortas que esa
    como 3                más variantes al estilo de la 3
    como 3 pero usted     lo mismo con otro tratamiento (usted, tú, vos),
                          o `como 3 pero más corto`
    guarda 2 5            conserva las variantes 2 y 5
    quita 4               descarta la variante 4
    campo headline        trabaja solo en este campo; `campo all` para todos
    soporte NOMBRE        escribe para otro emplazamiento
    muestra               vuelve a mostrar las variantes
    graba ARCHIVO         las variantes en .csv, .json o .jsonl, o la sesión en .toml
    ayuda                 esta lista
    salir                 termina
write-session-unknown = No existe la orden `{ $order }`; ¿querías decir `{ $nearest }`? Escribe `ayuda` para ver la lista.
write-session-no-number = { $count ->
    [0] No existe la variante { $number }: todavía no hay ninguna; escribe `más`.
    [one] No existe la variante { $number }: solo hay una.
   *[other] No existe la variante { $number }: elige una de la 1 a la { $count }.
}
write-session-kept = { $count ->
    [one] Conservas { $count } variante.
   *[other] Conservas { $count } variantes.
}
write-session-nothing-shorter = No se ha encontrado nada más corto; escribe `más` para ver otras variantes o da datos más cortos en el brief.
write-session-placement = Desde ahora las variantes se escriben para `{ $placement }`.
write-session-unknown-placement = No existe el emplazamiento `{ $placement }`; se conocen estos: { $known }.
write-session-unknown-field = Aquí no existe el campo `{ $field }`; elige uno de estos: { $known }.
write-session-saved = Guardado en { $path }: { $variants ->
    [one] { $variants } variante.
   *[other] { $variants } variantes.
}
write-session-bad-name = No se ha guardado `{ $path }`: su nombre tiene que acabar en .csv, .json, .jsonl o .toml.
write-session-replayed = Sesión recuperada: { $variants ->
    [one] { $variants } variante
   *[other] { $variants } variantes
}, { $choices ->
    [one] { $choices } elección
   *[other] { $choices } elecciones
}.
write-session-asks-brand = ¿Qué marca? (Enter para saltar)
write-session-asks-product = ¿Qué producto? (Enter para saltar)
write-session-asks-benefits = ¿Qué beneficios? (varios, separados por `;`; Enter para saltar)
write-session-asks-proof = ¿Qué pruebas, como cifras, premios u opiniones? (varias, separadas por `;`; Enter para saltar)
write-session-asks-offer = ¿Qué oferta? (Enter para saltar)
write-session-asks-price = ¿Qué precio, tal como debe verse en el anuncio? (Enter para saltar)
write-session-asks-audience = ¿Para quién es? (Enter para saltar)
write-session-asks-market = ¿Qué mercado, como es-MX o en-US? (Enter para { $usual })
write-session-asks-address = ¿Qué tratamiento: tu, usted, vos, vosotros, ustedes o you? (Enter para { $usual })
write-session-asks-placement = ¿Qué emplazamiento? (Enter para { $usual })
write-session-asks-forbidden = ¿Qué palabras no pueden aparecer? (varias, separadas por `;`; Enter para saltar)
write-session-asks-required = ¿Qué palabras tienen que aparecer? (varias, separadas por `;`; Enter para saltar)
write-session-left = No se ha guardado nada; escribe antes `graba ARCHIVO`, o `salir` otra vez para terminar.

## Mejorar un texto que ya existe

write-improve-none = { $candidates ->
    [0] No se ha encontrado nada mejor: no había ningún candidato que probar; añade datos al brief.
    [one] No se ha encontrado nada mejor: el único candidato no gana más de un punto.
   *[other] No se ha encontrado nada mejor: de { $candidates } candidatos, ninguno gana más de un punto.
}
write-improve-heading = En vez de «{ $text }»:
write-improve-item = { $place }. «{ $text }» Ganancia esperada: { $gain } puntos (rango del { $level }: de { $low } a { $high }).
write-improve-meaning = La ganancia es la diferencia de puntuación entre el texto nuevo y el actual. Las puntuaciones son asociaciones en pruebas de titulares, no causas: haz una prueba antes de fiarte de ellas.

## Qué hay o qué hace falta en un campo de un brief; la clave es la palabra inglesa

write-type-null = un valor nulo
write-type-true-or-false = verdadero o falso
write-type-a-number = un número
write-type-a-whole-number = un número entero
write-type-a-text = un texto
write-type-a-list = una lista
write-type-a-list-of-texts = una lista de textos
write-type-an-object = un objeto
write-type-an-object-of-fields = un objeto de campos
write-type-an-object-with-max-chars-and-count = un objeto con `max_chars` y `count`
