# Every message of gancho in English. `es.ftl` has the same keys with the same variables; a test
# compares them. No period after a single sentence of an error, what to do after the semicolon.

### Words

word-yes = yes
word-no = no
language-es = Spanish
language-en = English
language-other = other
field-headline = Headline
field-primary-text = Primary text
field-description = Description
field-call-to-action = Call to action
place-headline = the headline
place-primary-text = the primary text
place-description = the description
place-call-to-action = the call to action
place-all = all of the copy
part-picture = the picture as a whole
part-copy = the copy as a whole
part-embedding = the overall look of the picture
part-context = the context: placement, audience, season

### What a score was learned from

basis-craft = design
basis-prior = tests
basis-history = history
basis-blend = blend
basis-craft-explained = Basis “design”: an index of measured design quality. It is not a prediction of results.
basis-prior-explained = Basis “tests”: learned from randomized tests of news headlines in English. It says what was clicked there, not what will be clicked in your market.
basis-history-explained = Basis “history”: learned from the results in your library; each creative was scored by a model that had not seen it.
basis-blend-explained = Basis “blend”: headline tests and the results in your library together; each score shows how much comes from your results.
skill-unmeasured = No skill measured: this library has too few results to check the ranking against.
skill-spearman = Skill: on { $creatives } creatives that the model had not seen, the ranking agrees with their results at { NUMBER($value, maximumFractionDigits: 2) } (rank correlation, 95% interval { NUMBER($low, maximumFractionDigits: 2) } to { NUMBER($high, maximumFractionDigits: 2) }; 0 is chance); the best simple rule reaches { NUMBER($baseline, maximumFractionDigits: 2) }, and noise in the results allows at most { NUMBER($ceiling, maximumFractionDigits: 2) }.
skill-none = No skill: on { $creatives } creatives that the model had not seen, learning from your history ranks at { NUMBER($value, maximumFractionDigits: 2) } (rank correlation, 95% interval { NUMBER($low, maximumFractionDigits: 2) } to { NUMBER($high, maximumFractionDigits: 2) }; 0 is chance) and the best simple rule at { NUMBER($baseline, maximumFractionDigits: 2) }; it was not used.
nothing-scored = No creative could be scored.
interval-words = { $level } interval: { $low } to { $high }
interval-none = no interval: nothing to measure it against
scale-words = Score { $score } of 100, { $interval }
palette-words = Palette: { $colors }

### Reasons

reason-history-up = { $what }: associated with a higher score in your library
reason-history-down = { $what }: associated with a lower score in your library
reason-prior-up = { $what }: associated with more clicks in headline tests
reason-prior-down = { $what }: associated with fewer clicks in headline tests
reason-blend-up = { $what }: associated with a higher score in headline tests and in your library
reason-blend-down = { $what }: associated with a lower score in headline tests and in your library
reason-craft-up = { $what }: counts in favor in the design index
reason-craft-down = { $what }: counts against in the design index
reason-even = { $what }: makes next to no difference here

### Table

table-rank = #
table-creative = Creative
table-creative-and-reason = Creative and main reason
table-score = Score
table-interval = Interval
table-scale = 0 to 100
table-basis = Basis
table-reason = Main reason
table-warned =
    { $count ->
        [one] (!) marks { $count } creative with a warning; --format html, json or csv shows it
       *[other] (!) marks { $count } creatives with warnings; --format html, json or csv shows them
    }
table-quarantine =
    { $count ->
        [one] { $count } file left out
       *[other] { $count } files left out
    }
table-faults =
    { $count ->
        [one] { $count } problem in the tables
       *[other] { $count } problems in the tables
    }

### Page

page-title =
    { $count ->
        [one] Ranking of { $count } creative
       *[other] Ranking of { $count } creatives
    }
fact-creatives = Creatives
fact-scored = Scored
fact-quarantined = Files left out
fact-faults = Table problems
fact-basis = Basis
card-rank = No. { $rank }
card-no-picture = No preview
card-copy-only = Copy only
card-alt = Creative { $id }
card-reasons-history = Points associated with higher (+) or lower (−) scores in your library
card-reasons-prior = Points associated with more (+) or fewer (−) clicks in headline tests
card-reasons-blend = Points associated with higher (+) or lower (−) scores in headline tests and in your library
card-reasons-craft = Points for (+) or against (−) in the design index
tag-basis = Basis
tag-history = Share of history
tag-group = Campaign
tag-language = Language
html-ranking = Ranking
html-how-to-read = A score is the expected place among its peers, from 0 (last) to 100 (first). The band around the mark is the interval: the narrower, the better known. Reasons are associations, in points; with the starting value they add up to the score.
html-of-hundred = out of 100
html-reasons = Main reasons
html-warnings = Warnings
html-details = Full copy, all reasons, measures
html-sum = The starting value and all reasons add up to the score
html-reason = Reason
html-points = Points
html-base = Starting value
html-score = Score
html-interval = Interval
html-rank = Rank
html-creative = Creative
html-measure = Measure
html-value = Value
html-palette = Palette
html-seen = What the picture shows
html-show-sight = Show on every picture what was seen in it (pointing at a picture shows it there)
html-key-attention = attention
html-key-eye = path of the eye
html-key-text = text
html-key-faces = faces
html-rest = Further creatives
html-quarantine = Left out
html-quarantine-intro = These files could not be used. Nothing else was affected: correct what each line says and run again.
html-faults = Problems in the tables
html-faults-intro = These rows or columns were not read as they stand. The place is file:line:column.
html-run = About this run
html-run-intro = The same files, models and version give the same ranking.
html-model = Model
html-version = Version
run-version = Program
run-device = Device
run-seconds = Time
run-seconds-value = { $seconds } s
run-cached = Read from the cache

### What a picture tells

kind-photo = photograph
kind-design = design
kind-screenshot = screenshot
kind-logo-or-packshot = logo or packshot
see-size = { $width } × { $height } pixels
see-kind = Kind: { $kind } ({ $sure })
see-eye = Path of the eye: { $stops }
see-eye-none = Path of the eye: nothing stands out
see-at-top-left = top left
see-at-top = top
see-at-top-right = top right
see-at-left = left
see-at-center = center
see-at-right = right
see-at-bottom-left = bottom left
see-at-bottom = bottom
see-at-bottom-right = bottom right
see-attention = Attention: { $text } on text, { $faces } on faces, { $center } on the center; { $unattended } of the area is hardly looked at
see-text = Text: { $area } of the area, { $count ->
        [one] one block
       *[other] { $count } blocks
    }, { $contrast }
see-text-none = Text: none
see-contrast = lowest contrast { $ratio }:1
see-contrast-none = too small to measure contrast
see-faces = Faces: { $count ->
        [0] none
       *[other] { $count }
    }
see-quality = Technical quality: { $overall } (sharpness { $blur }, noise { $noise }, compression { $compression }, exposure { $exposure }; 100 is clean)
see-complexity = Complexity: { $score } of 100
see-crops = Attention lost when cropped in the middle: { $shapes }
see-crops-with-text = Attention / text lost when cropped in the middle: { $shapes }

### Command line

progress-evidence = Looking at the creatives
progress-drawing = Drawing what was seen
cli-error = error: { $text }
cli-written = written to { $path }: { $scored ->
        [one] { $scored } creative
       *[other] { $scored } creatives
    } scored
cli-model-written = model written to { $path }, its card to { $card }
cli-sample-written = { $cases } cases written to { $path }
cli-card-in-the-way = the card of the model would have the name of the model itself; name the model otherwise than *.md
cli-left-out = { $quarantined ->
        [one] { $quarantined } file left out
       *[other] { $quarantined } files left out
    }, { $faults ->
        [one] { $faults } problem in the tables
       *[other] { $faults } problems in the tables
    }; the report says which
cli-seen = written to { $path }: { $pictures ->
        [one] { $pictures } picture
       *[other] { $pictures } pictures
    }
cli-overlays = drawn in { $path }: { $pictures ->
        [one] { $pictures } picture
       *[other] { $pictures } pictures
    }
cli-overlays-failed = `{ $path }` could not be written: { $detail }; choose another folder with --overlays
cli-npy-needs-output = the format npy needs a file; add --output FILE
output-failed = `{ $path }` could not be written: { $detail }; choose another place with --output
note-prior-carries-little = The prior learned from one publisher's headline tests ({ $publisher }); on another publisher it kept { NUMBER($kept) } % of its effect, so it is shrunk to that here and its intervals are wider. If your copy is that publisher's, write publisher = "{ $publisher }" under [prior] in gancho.toml
note-unknown-columns = { $file }: columns that gancho does not know were kept as they are: { $columns }
models-sound = sound: size and hash agree
models-pulling = Downloading { $file }
models-pulled = { $model } is here at { $revision }: { NUMBER($mib, maximumFractionDigits: 1) } MiB in { $place }
models-use = use it with: --vision-model { $model }
models-removed = { $model } is gone: { NUMBER($mib, maximumFractionDigits: 1) } MiB freed
doctor-device = Device: { $name }
doctor-no-device = ! Device: { $detail }
doctor-threads = Threads: { $threads }
doctor-tried = Tried { $device }: { $verdict }
doctor-comparison = { $adapter } against the CPU: largest difference { $difference } ({ $relative } of the largest value); first run { NUMBER($first, maximumFractionDigits: 1) } ms, then { NUMBER($warm, maximumFractionDigits: 1) } ms
doctor-comparison-failed = ! { $adapter } could not be compared with the CPU: { $detail }
doctor-weights = Model: { $found }, sound
doctor-weights-bad = ! Model: { $found }
doctor-cache = Cache: { $found ->
        [off] off
       *[other] { $found }
    }
doctor-cache-bad = ! Cache: { $found }
doctor-healthy = Everything that was checked works
doctor-unhealthy = Not everything works; see the lines that begin with !
summary-score = { $creatives ->
        [one] { $creatives } creative
       *[other] { $creatives } creatives
    }: { $scored } scored, { $quarantined ->
        [one] { $quarantined } file left out
       *[other] { $quarantined } files left out
    }, { $faults ->
        [one] { $faults } problem in the tables
       *[other] { $faults } problems in the tables
    }; { $seconds } s on { $device }

### Warnings about a creative

warning-no-picture = no picture: only the copy was looked at
warning-no-copy = no copy: only the picture was looked at

### Pictures that cannot be read (area decode)

decode-missing = there is no such file; check the path
decode-not-a-file = this is a { $kind }, not a file; name a picture
decode-unreadable = the file cannot be read ({ $detail }); check that it is readable and try again
decode-empty = the file is empty; export or copy it again
decode-too-many-bytes = the file has { $bytes } bytes, more than the limit of { $limit }; export it smaller or raise the limit
decode-too-many-pixels = the picture claims { $width } × { $height } pixels, more than the limit of { $limit }; export it smaller or raise the limit
decode-too-much-memory = decoding needs about { $bytes } bytes of memory, more than the limit of { $limit }; export the picture smaller or raise the limit
decode-truncated = the { $format } file ends early, after { $bytes } bytes; it was probably cut off while copying, export or copy it again
decode-corrupt = the { $format } file is damaged ({ $detail }); export or copy it again
decode-unsupported-format = this is { $format }, which is not read; export it as JPEG, PNG or WebP
decode-video = this is a video ({ $format }); export a still frame as JPEG, PNG or WebP
decode-unsupported-feature = this { $format } file uses { $detail }, which is not read; export it as an ordinary 8-bit JPEG or PNG
decode-not-a-picture = this is not a picture, whatever its name says; choose a JPEG, PNG, WebP, GIF, BMP or TIFF file

### Pictures that were read with a loss (area decode-warning)

decode-warning-broken-exif = the EXIF data is broken ({ $detail }) and was ignored; check that the picture is upright
decode-warning-broken-icc = the color profile cannot be used ({ $detail }); the colors were read as sRGB
decode-warning-cmyk-without-profile = the picture is in CMYK print colors without a usable profile; its colors on screen are approximate, export it as sRGB
decode-warning-transparency = { NUMBER($share, style: "percent", maximumFractionDigits: 1) } of the picture is transparent and is shown over white
decode-warning-wholly-transparent = the picture is wholly transparent; nothing of it is visible
decode-warning-animated = the picture is an animation of { $frames } frames ({ $duration_ms } ms); only the first was used
decode-warning-damaged = the file is slightly damaged ({ $detail }) and was read as well as possible; look at it before using it

### Libraries that cannot be used (area library)

library-no-input = name at least one picture, folder or manifest
library-no-such-input = there is no file or folder `{ $path }`; check the spelling
library-manifest-unusable = the manifest `{ $file }` cannot be used: { $detail }
library-no-usable-row = none of the rows of `{ $file }` can be used; { $count ->
        [one] { $count } problem
       *[other] { $count } problems, the first
    }: { $detail }
library-empty = there is no picture and no manifest in { $inputs }
library-config-unreadable = `{ $file }` cannot be read: { $detail }
library-config-invalid = { $file }:{ $line }:{ $column }: { $detail }
library-config-unknown-key = { $file }:{ $line }:{ $column }: there is no setting `{ $key }`; did you mean `{ $nearest }`?

### Rows and files at fault (area library-fault)

library-fault-no-such-input = there is no such file or folder; check the spelling
library-fault-no-match = the pattern matches nothing; check the spelling and the folder
library-fault-bad-pattern = the pattern cannot be read: { $detail }
library-fault-folder-unreadable = the folder cannot be read ({ $detail }); its pictures are left out
library-fault-link-loop = the link leads back to a folder above it and is not followed again
library-fault-folder-too-deep = folders are nested more than { $limit } deep; what lies below is left out
library-fault-file-unreadable = the file cannot be read: { $detail }
library-fault-file-too-large = the file has { $bytes } bytes, the limit is { $limit }; split it
library-fault-empty-file = the file is empty
library-fault-header-only = the file has a header but no rows
library-fault-too-many-rows = the file has more than { $limit } rows; the rest is left out, split it
library-fault-broken-json = the JSON cannot be read from here on: { $detail }
library-fault-broken-table = the table cannot be read from here on: { $detail }
library-fault-broken-workbook = the workbook cannot be read ({ $detail }); open it and save it again as .xlsx
library-fault-broken-parquet = the Parquet file cannot be read ({ $detail }); it was probably cut off while copying
library-fault-missing-columns = there is no column for { $wanted }; the columns are: { $found }
library-fault-repeated-column = the column `{ $header }` appears twice; only the first is used
library-fault-competing-columns = `{ $used }` and `{ $other }` both mean { $field }; `{ $used }` is used
library-fault-ambiguous-numbers = is `{ $example }` in column `{ $header }` a number with decimals or one with thousands? Nothing in the column tells, so it is left out; say which decimal mark the file uses
library-fault-mixed-numbers = column `{ $header }` mixes decimal marks (`{ $example }` and `{ $other }`), so it is left out; write all numbers in one way
library-fault-mixed-currency = money is in { $currencies }; it is left out, since two currencies are no sum
library-fault-ambiguous-dates = is `{ $example }` in column `{ $header }` day/month or month/day? Nothing in the file tells, so these dates are left out; say which comes first, or write 2026-03-01
library-fault-mixed-dates = the dates mix day/month and month/day (`{ $example }` and `{ $other }`), so those are left out; write 2026-03-01
library-fault-repeated-header = this row repeats the header and is left out
library-fault-ragged-row = this row has { $found } cells, the header has { $expected }; the row is left out
library-fault-unclosed-quote = a quotation mark opens here and is never closed; what follows is left out
library-fault-invalid-utf8 = the cell in column `{ $header }` is not valid UTF-8 and is left out; save the file as UTF-8
library-fault-cell-too-long = the cell in column `{ $header }` has { $bytes } bytes, the limit is { $limit }; it is left out
library-fault-picture-missing = the picture `{ $path }` is not there; paths count from the folder of this file
library-fault-picture-not-a-file = `{ $path }` is not a file; name a picture
library-fault-path-outside = `{ $path }` leads out of the library and was not opened; allow it with --allow-outside
library-fault-picture-on-the-web = `{ $url }` is on the web and gancho works offline; save the picture beside the file and name it
library-fault-unknown-scheme = `{ $url }` begins with `{ $scheme }:`, which gancho cannot open; name a file
library-fault-no-picture-no-copy = this row has neither a picture nor any copy and is left out
library-fault-duplicate-id = the id `{ $id }` was already given in { $first_file }, line { $first_line }; the first is kept
library-fault-negative-count = `{ $value }` in column `{ $header }`: a count cannot be negative; it is left out
library-fault-negative-amount = `{ $value }` in column `{ $header }`: the amount cannot be negative; it is left out
library-fault-bad-number = `{ $value }` in column `{ $header }` is not a number; it is left out
library-fault-bad-date = `{ $value }` in column `{ $header }` is not a date; write 2026-03-01
library-fault-clicks-exceed-impressions = { $clicks } clicks, but only { $impressions } impressions; both are left out. Are the columns swapped?
library-fault-no-creative-named = this row names no creative and is left out
library-fault-empty-comment = this comment has no text and is left out

### What was recognized in a table (area library-note)

library-note-read-as = read as { $encoding }
library-note-separator = cells are separated by { $separator ->
        [semicolon] semicolons
        [tab] tabs
        [bar] vertical bars
       *[other] { $separator }
    }
library-note-records-left-out = { $records ->
        [one] { $records } record is a title, a total or a repetition and was left out
       *[other] { $records } records are titles, totals or repetitions and were left out
    }
library-note-totals-differ = the total in record { $record } says { $total } for { $field }, the rows add up to { $sum }; was the export filtered?
library-note-decimal-comma = numbers in column `{ $header }` were read with a decimal comma

### Devices (area device)

device-unknown-choice = `{ $given }` is not a device; use auto, cpu, gpu, wgpu, wgpu:N, cuda or cuda:N
device-not-in-build = device `{ $wanted }` is not part of this program, which was built without the feature `{ $feature }`; use --device auto, or build with --features { $feature }
device-unavailable = device `{ $wanted }` cannot be used; tried: { $tried }; use --device auto to run on the best device that works
device-no-threads = { $threads } worker threads could not be started: { $detail }; use a smaller --threads

### What became of a probe (area device-verdict)

device-verdict-chosen = works: { $adapter }
device-verdict-software = only a software adapter, slower than the CPU; ask for it with { $adapter }
device-verdict-disagrees = computes { $operation } differently from the CPU, by { NUMBER($difference, maximumFractionDigits: 6) } of its largest value
device-verdict-failed = does not work: { $detail }
device-verdict-crashed = the driver crashed ({ $detail })
device-verdict-timed-out = no answer within { $seconds } s

### Weights (area weights)

weights-unknown-model = there is no model `{ $id }` in { $place }; the nearest name is `{ $nearest }`
weights-missing-file = model `{ $id }`: `{ $file }` is missing from { $place }; put the file back or take the shipped weights
weights-unreadable = `{ $file }` could not be read: { $detail }
weights-wrong-size = model `{ $id }`: `{ $file }` has { $found } bytes, the manifest says { $expected }; it is damaged or of another version, and nothing was loaded
weights-wrong-hash = model `{ $id }`: `{ $file }` has SHA-256 { $found }, the manifest says { $expected }; it is damaged or of another version, and nothing was loaded
weights-bad-manifest = { $file }:{ $line }: { $detail }

### Models of the hub (area hub)

hub-bad-name = `{ $name }` is not a name of the hub; write owner/model or owner/model@revision
hub-not-pulled = `{ $model }` is not on this machine; get it with: gancho models pull { $model }
hub-other-revision = `{ $model }` is here at revision { $found }, not { $wanted }; get that one with: gancho models pull { $model }@{ $wanted }
hub-file-gone = `{ $file }` of `{ $model }` is gone from { $place }; get it again with: gancho models pull { $model }
hub-wrong-size = `{ $file }` of `{ $model }` has { $found } bytes instead of { $expected } and was not used; get it again with: gancho models pull { $model }
hub-wrong-hash = `{ $file }` of `{ $model }` has SHA-256 { $found } instead of { $expected } and was not used; get it again with: gancho models pull { $model }
hub-unreachable = the hub at { $endpoint } cannot be reached: { $detail }; check the network (models that were pulled need none)
hub-offline = `{ $model }` was not asked for: HF_HUB_OFFLINE is set; unset it to download
hub-no-such-model = the hub at { $endpoint } has no `{ $model }`; check the spelling of name and revision
hub-refused = the hub at { $endpoint } does not hand out `{ $model }` (status { $status }): it does not exist or needs permission; check the name, or accept its terms on the hub and set HF_TOKEN
hub-lacks-file = `{ $model }` has no `{ $file }` on the hub; choose a model that is stored as one file, model.safetensors or pytorch_model.bin
hub-bad-answer = the hub at { $endpoint } gave no usable answer: { $detail }; try again later
hub-broken-off = the download of `{ $file }` of `{ $model }` broke off: { $detail }; run the same command again, it goes on where it stopped
hub-unreadable = `{ $file }` could not be read: { $detail }
hub-unwritable = `{ $file }` could not be written: { $detail }; choose another folder with HF_HUB_CACHE

### Backbones of the hub (area backbone)

backbone-bad-config = config.json of the model cannot be used: { $detail }; choose a model in timm's layout
backbone-unknown-architecture = the architecture `{ $found }` is not known; known are: { $known }
backbone-unsupported-setting = config.json sets { $key } to { $found }, which is not supported; supported: { $supported }
backbone-device-lost = the device gave no result: { $detail }; try --device cpu
backbone-not-a-number = the embedding of picture { $row } of the batch is not made of finite numbers; try --device cpu
backbone-unreadable-weights = model.safetensors of the model is not readable: { $detail }
backbone-missing-tensors = model.safetensors lacks { $count } tensors that the architecture in config.json needs: { $tensors }; choose another model
backbone-unused-tensors = model.safetensors has { $count } tensors that the architecture in config.json does not: { $tensors }; choose another model
backbone-wrong-shape = tensor `{ $tensor }` of model.safetensors has shape { $found }, the architecture in config.json needs { $expected }
backbone-wrong-kind = tensor `{ $tensor }` of model.safetensors holds { $found }; expected F16, BF16 or F32
backbone-not-finite = tensor `{ $tensor }` of model.safetensors holds { $count } values that are not finite numbers

### The vision model (area vision)

vision-wrong-input = the vision model takes { $expected } numbers for a picture, not { $found }
vision-device-lost = the device gave no result: { $detail }; try --device cpu
vision-not-a-number = the embedding of picture { $row } of the batch is not made of finite numbers; try --device cpu
vision-unreadable-weights = the weights are not a readable safetensors file: { $detail }
vision-missing-tensors = the weights lack { $count } tensors of this network: { $tensors }; they belong to another version
vision-unused-tensors = the weights have { $count } tensors that this network does not: { $tensors }; they belong to another version
vision-wrong-shape = tensor `{ $tensor }` of the weights has shape { $found }, the network needs { $expected }
vision-wrong-kind = tensor `{ $tensor }` of the weights holds { $found }; expected F16, BF16 or F32
vision-not-finite = tensor `{ $tensor }` of the weights holds { $count } values that are not finite numbers

### The headline model (area headline)

headline-not-safetensors = the headline model is not a safetensors file: { $detail }; pull or rebuild the weights
headline-format = the headline model has format `{ $found }`, this version reads `{ $expected }`; get the weights of this version
headline-other-embedding = the meaning model was trained on embeddings of `{ $found }`, this program embeds with `{ $expected }`; use weights of one version
headline-tensor = tensor `{ $tensor }` of the headline model cannot be used: { $detail }

### The quality model (area quality)

quality-not-safetensors = the quality model is not a safetensors file: { $detail }; pull or rebuild the weights
quality-format = the quality model has format `{ $found }`, this version reads `{ $expected }`; get the weights of this version
quality-features = the quality model was trained on other features (`{ $found }`) than this version measures; get the weights of this version
quality-tensor = tensor `{ $tensor }` of the quality model cannot be used: { $detail }

### Evidence and its cache (areas evidence, cache, cache-note)

evidence-interrupted = interrupted after { $done } of { $total }; what was computed is in the cache, run the same command again to go on
evidence-interrupted-uncached = interrupted after { $done } of { $total }; the cache is off, so nothing was kept
evidence-interrupted-stream = interrupted after { $done } texts
evidence-network = the vision network failed: { $detail }
cache-unusable = the cache `{ $path }` cannot be used: { $detail }; choose another folder with --cache, or --cache off
cache-note-set-aside = the cache `{ $path }` was damaged ({ $detail }) and was moved to `{ $moved_to }`; a new one was begun

### Scoring (area scorer)

scorer-duplicate-id = two creatives have the id `{ $id }`; give each its own
scorer-prior-format = the prior has format `{ $found }`, this version reads `{ $expected }`; get the weights of this version
scorer-prior = the prior cannot be read: { $detail }; pull or rebuild the weights
scorer-model-format = the model has format `{ $found }`, this version reads `{ $expected }`; train it again
scorer-model = the model cannot be read: { $detail }; train it again
scorer-nothing-to-learn = no row of the history has what `{ $target }` needs: { $needed }
scorer-leaks = { $pairs } pairs of creatives with the same picture or text would stand on both sides of the split, for example `{ $example_a }` and `{ $example_b }`: one would give away the other. Hold them out together (`--hold-out creative`), or allow it (`--allow-leaks`) and read the figures as a test of repetition
scorer-no-days = holding out by time needs a day for each row; { $without } of { $rows } have none
scorer-boosting = learning failed: { $detail }

### What a reader of the ranking has to know (area scorer-note)

scorer-note-craft = { $creatives ->
        [one] { $creatives } creative is
       *[other] { $creatives } creatives are
    } scored by design alone: design quality, not a prediction
scorer-note-picture-not-judged = Headline tests judge words alone; the { $creatives ->
        [one] picture of { $creatives } creative
       *[other] pictures of { $creatives } creatives
    } did not count
scorer-note-prior-missing = { $creatives ->
        [one] { $creatives } creative has
       *[other] { $creatives } creatives have
    } copy, but the model of headline tests is not available
scorer-note-out-of-domain = The copy of { $creatives ->
        [one] { $creatives } creative
       *[other] { $creatives } creatives
    } is not in { $language ->
        [en] English
        [es] Spanish
       *[other] `{ $language }`
    }, the only language of the headline tests: expect little from these scores; their intervals assume no skill
scorer-note-no-skill = No skill: learned from { $creatives } creatives, your history ranks unseen ones at { NUMBER($spearman, maximumFractionDigits: 2) } (rank correlation within campaigns), the best baseline at { NUMBER($baseline, maximumFractionDigits: 2) }; it was not used
scorer-note-few-outcomes = { $creatives ->
        [one] { $creatives } creative has
       *[other] { $creatives } creatives have
    } impressions; at least { $needed } are needed to learn from them
scorer-note-folds-by-id = Campaigns with results: { $campaigns }, too few, or with too many creatives in common, to hold out whole ones: creatives were held out one by one, so skill may be overstated
scorer-note-context-dwarfs = Placement, audience and season explain more of the results ({ NUMBER($context, maximumFractionDigits: 2) }, rank correlation within campaigns) than the creatives themselves ({ NUMBER($content, maximumFractionDigits: 2) }); noise allows at most { NUMBER($ceiling, maximumFractionDigits: 2) }. Change the audience before the picture or the words
scorer-note-attributed = `{ $target }` rests on the platform's own attribution: it tells which ads the platform credits, not which ads caused a sale
scorer-note-unlike = { $creatives ->
    [one] One creative is
   *[other] { $creatives } creatives are
    } unlike those the model learned from: its opinion of them is withheld
scorer-note-drifted = { $features } of { $of } features have drifted from what the model learned from, `{ $worst }` the most: train it again
scorer-note-outcome-ignored = { $creatives ->
        [one] { $creatives } creative has more clicks than impressions; its results were
       *[other] { $creatives } creatives have more clicks than impressions; their results were
    } left out
scorer-note-alone = { $creatives ->
        [one] { $creatives } creative has
       *[other] { $creatives } creatives have
    } no peers scored in the same way; 50 says nothing about them
scorer-note-mixed-bases = Scores of different bases stand in one list: compare them within a basis only

### Columns of the reader's own tables

column-of-table = your column “{ $name }”
part-table = your own columns

### Predictions that a test compares

order-content = what your results teach
order-copy = of that, the words alone
order-picture = of that, the picture alone
order-prior = what headline tests say
order-headline-prior = what headline tests say of the headline
order-longer-headline = the longer headline
order-longer-primary-text = the longer primary text
order-last-winner = more like the best so far

### What is to be predicted

target-ctr = click rate (clicks per impression)
target-cvr = conversion rate (conversions per click)
target-cpa = cost per conversion
target-roas = return on ad spend (revenue per money spent)
target-cpm = cost per thousand impressions
target-hook = hook rate (3-second plays per impression)
target-hold = hold rate (plays to the end per 3-second play)

### A test of what results teach: story backtest

backtest-title = What your results teach
backtest-verdict-skill = Skill: what your results teach ranks creatives that it has not seen better than chance, and no plain rule ranks them clearly better.
backtest-verdict-no-skill = No skill: what your results teach does not rank creatives that it has not seen better than chance, or a plain rule ranks them clearly better. Scores leave it out.
backtest-rule = rule: { $name }
backtest-word-skill = skill
backtest-word-no-skill = no skill
backtest-reached = Its order agrees with the results at { $value } (rank correlation within campaigns, 95% interval { $interval }); 0 is chance, and noise in the results allows at most { $ceiling }.
backtest-reached-nothing = There are no two creatives of one campaign to compare, so nothing could be measured; noise in the results would allow at most { $ceiling }.
backtest-best-rule = The best plain rule, { $rule }, reaches { $value }.
backtest-learned = Learned from { $cases ->
        [one] { $cases } row
       *[other] { $cases } rows
    } of results: { $creatives ->
        [one] { $creatives } creative
       *[other] { $creatives } creatives
    } in { $campaigns ->
        [one] { $campaigns } campaign
       *[other] { $campaigns } campaigns
    }.
backtest-window = Results from { $first } to { $last }.
backtest-held-campaign = Each campaign was judged by a model that had not seen it.
backtest-held-creative = Each creative was judged by a model that had not seen it in any campaign.
backtest-held-time = Each stretch of time was judged by what was known before it.
backtest-held-few = Campaigns with results: { $campaigns }, too few, or with too many creatives in common, to hold out whole ones. Creatives were held out one by one, so skill may be overstated.
backtest-fact-verdict = Verdict
backtest-fact-target = Aim
backtest-fact-creatives = Creatives
backtest-fact-campaigns = Campaigns
backtest-fact-cases = Rows of results
backtest-interval = { $low } to { $high }
backtest-mark-chance = chance: 0
backtest-mark-ceiling = most that noise allows: { $value }
backtest-ranking = How well it ranks
backtest-ranking-explained = Rank correlation within campaigns, with 95% intervals: 0 is chance, 1 is the order of the results themselves, { $ceiling } is the most that noise in these results allows.
backtest-bars = Rank correlation within campaigns
backtest-bars-rows = Rank correlation of rows within campaigns
backtest-pairs = Of two creatives of one campaign, it puts the better one first in { $share } of pairs ({ $low } to { $high }; a coin: 50%).
backtest-pairs-clear = Where their results clearly differ, in { $share }.
backtest-top = First places
backtest-top-places = { $at ->
        [one] The first
       *[other] The first { $at }
    }
backtest-top-gain = Gain (NDCG)
backtest-top-interval = 95% interval
backtest-top-random = Random order
backtest-context = Who saw the ad, and the ad itself
backtest-context-unknown = The rows do not say where, when or to whom ads were shown, so nothing could be taken out: what looks like a merit of a creative may be one of its placement or its audience. Export results by day and placement to see them apart.
backtest-context-more = Who saw the ad explains more than the ad: placement, audience and season order the rows of a campaign at { $context }, the creative at { $content }, both together at { $both }; noise allows at most { $ceiling }. Change the audience before the picture or the words.
backtest-context-less = The ad explains at least as much as who saw it: the creative orders the rows of a campaign at { $content }, placement, audience and season at { $context }, both together at { $both }; noise allows at most { $ceiling }.
backtest-context-delivery = placement, audience, season
backtest-context-creative = the creative
backtest-context-both = both together
backtest-context-explained = { $cases ->
        [one] { $cases } row
       *[other] { $cases } rows
    } of results compared. Everything else here is about the creative alone, with what its delivery explains taken out.
backtest-chances = Whether stated chances come true
backtest-chances-found = Over { $pairs } pairs, stated chances of winning miss what happened by { $ece } points on average (slope { $slope }; 1 is right).
backtest-slope-right = Chances are about as bold as they should be.
backtest-slope-timid = Chances are too timid: favorites win more often than stated.
backtest-slope-bold = Chances are too bold: favorites win less often than stated.
backtest-chance-stated = Stated chance of the favorite
backtest-chance-observed = Favorites that won
backtest-chance-pairs = Pairs
backtest-ranges = Whether ranges hold
backtest-ranges-found = Ranges that should hold { $level } of the results held { $held } of { $n }, each fitted without the results that it was tested on.
backtest-ranges-few = No group has the 200 results that a figure of its own would need.
backtest-ranges-group = Group
backtest-ranges-held = Held
backtest-ranges-results = Results
backtest-group-peers = compared among { $name } creatives
backtest-group-campaign = campaign { $name }
backtest-money = Money at stake
backtest-money-found = Of { $spend } spent, { $moved } went to creatives that the ranking puts in the lower half of their campaign. The results approve of moving { $right } of it; each 1,000 moved to the upper half would have earned { $extra } results (95% interval { $low } to { $high }), { $share } of all. A look back, not a promise: an auction answers when money moves.
backtest-money-no-skill = Of { $spend } spent, this ranking would have moved { $moved } to the upper half of each campaign; the results approve of { $right } of it, and each 1,000 moved would have earned { $extra } results (95% interval { $low } to { $high }), { $share } of all. Without skill, do not move money by it.
backtest-splits = What was kept apart
backtest-leaks-none = No picture and no text stands on both sides of a split.
backtest-leaks-allowed = Creatives that show the same stand on both sides of a split, and it was allowed: { $pairs ->
        [one] { $pairs } pair
       *[other] { $pairs } pairs
    } (same picture { $pictures }, same text { $texts }, look-alikes { $alikes }). Read the figures as a test of repetition: they say more about known creatives than about new ones.
backtest-shared-picture = same picture
backtest-shared-text = same text
backtest-shared-look-alike = look alike
backtest-notes = What to bear in mind
backtest-association = Everything here is an association in past results. What causes a result, only a randomized test can tell.

### The card of a trained model

model-card-title = Model of your results: { $target }
model-card-purpose = What it is for
model-card-purpose-text = It ranks creatives of this account with `gancho score --model { $file }`: the percentile that each can be expected to reach among its peers, with a range and reasons. It knows this account only; it is no measure of other accounts, people or markets.
model-card-data = What it learned from
model-card-what = What
model-card-value = Value
model-card-target = Aim
model-card-window = Results
model-card-window-unknown = days unknown
model-card-window-days = { $first } to { $last }
model-card-creatives = Creatives
model-card-campaigns = Campaigns
model-card-cases = Rows of results
model-card-features = Features of creatives: { $part }
model-card-context-features = Features of deliveries
model-card-objective = Learned for
model-card-objective-likelihood = the likelihood of the results
model-card-objective-rank = the order within campaigns
model-card-held = Held out
model-card-held-campaign = whole campaigns
model-card-held-creative = whole creatives
model-card-held-time = what came later
model-card-part-copy = words
model-card-part-meaning = meaning of the words
model-card-part-picture = picture
model-card-part-embedding = look of the picture
model-card-part-comments = comments
model-card-part-table = your own columns
model-card-prior = What headline tests are worth here
model-card-prior-text = Expected before any result of this account: a slope of { $mean } on what the tests say, give or take { $deviation } (1 would be as in the tests). In this account it came out at { $slope }.
model-card-prior-none = Headline tests have no say in this model: they know clicks on words, and this model predicts something else or has no words to read.
model-card-limits = Limits
model-card-limit-association = It finds associations in past results. Whether a change causes a result, only a randomized test can tell.
model-card-limit-attribution = Conversions and revenue are what the platform attributes to its own ads, not what the ads caused. A model of them learns the platform's habits too.
model-card-limit-alike = Creatives unlike those it learned from get a wide range and no score of this model.
model-card-limit-delivery = Platforms show ads to people who are likely to answer. What they know and the rows do not say stays inside the effect of a creative.
model-card-limit-skill = It has no skill: `gancho score` reads it and leaves it out.
model-card-retrain = When to train again
model-card-retrain-text = After { $days } days, after a change of product, market or placements, or when `gancho models drift { $file } LIBRARY --performance FILE` says so.
model-card-reproduce = How to reproduce it
model-card-reproduce-text = The same files and the same version (gancho { $version }) give the same model, to the byte:

### What became of a trained model: story drift

drift-title = Does the model still hold?
drift-keep = No need to train again: new creatives are like those that the model learned from, and nothing speaks against its ranges.
drift-retrain = Train again, because { $because }.
drift-because-features = the creatives have moved away from those that it learned from
drift-because-coverage = its ranges no longer hold what they promise
drift-because-age = its results are more than 180 days old
drift-because-no-skill = it had no skill when it was trained
drift-age = { $days ->
        [one] Its last result is { $days } day old.
       *[other] Its last result is { $days } days old.
    }
drift-features = Are the creatives still the same kind?
drift-compared = { $creatives ->
        [one] { $creatives } creative
       *[other] { $creatives } creatives
    } compared with those that were learned from, by { $features } features.
drift-head-feature = Feature
drift-head-index = Distance
drift-head-chance = By chance
drift-head-missing = Missing then and now
drift-head-verdict = Means
drift-is-stable = as before
drift-is-moved = moved
drift-is-far = far off
drift-index-explained = Distance is the population stability index over tenths of the training data. Above 0.1 more than chance explains, a feature has moved; above 0.25 it is far off.
drift-coverage = Do its ranges still hold?
drift-coverage-unknown = The library has no results that the model could be held against.
drift-coverage-held = Yes, as far as { $n } new results can tell: ranges promise { $level } and hold { $held } (p = { $p }).
drift-coverage-broken = No: over { $n } new results, ranges promise { $level } and hold { $held } (p = { $p }).

### Models and tables of training

trained-model-unreadable = the model `{ $file }` cannot be read: { $detail }; train it with `gancho train`
trained-model-unusable = `{ $file }`: { $detail }
trained-model-line = Trained model { $file }: { $target }, { $creatives } creatives, { $window }; { $verdict }. { $age }
trained-model-age-unknown = Its results carry no days.
trained-model-fresh = Train again: no need by age; `gancho models drift` looks at the creatives
trained-model-stale = Train again: yes, its results are more than { $days } days old
trained-model-useless = Train again: yes, it has no skill

### Features

feature-rest = all other measures together
feature-other = all other measures together
feature-context-language-en = copy in English
feature-unknown = measure `{ $name }`
feature-embedding = learned features of the picture
feature-embedding-look = overall look of the picture
feature-copy-headline-logit = wording, compared with tested headlines
feature-copy-meaning-logit = meaning, compared with tested headlines
feature-picture-aspect-ratio = width over height of the picture
feature-picture-luminance = brightness of the picture
feature-picture-rms-contrast = contrast of the picture
feature-picture-sharpness = sharpness of the picture
feature-picture-colorfulness = colorfulness of the picture
feature-picture-saturation = saturation of the colors
feature-picture-warm-share = share of warm colors
feature-picture-edge-density = share of edges and fine detail
feature-picture-clipped-dark = share lost in pure black
feature-picture-clipped-bright = share lost in pure white
feature-picture-white-space = share of empty space
feature-picture-symmetry = left-right symmetry
feature-picture-color-entropy = variety of colors
feature-picture-gradient-entropy = variety of detail
feature-picture-text-area = share of the picture that is text
feature-picture-attention-on-text = share of attention on text
feature-picture-attention-on-faces = share of attention on faces
feature-picture-attention-on-center = share of attention on the center
feature-picture-unattended-share = share of the picture that is hardly looked at
feature-picture-focal-points = number of places where the eye stops
feature-picture-first-focal-share = share of attention at the first place where the eye stops
feature-picture-lowest-text-contrast = lowest contrast of text with its ground
feature-picture-faces = number of faces
feature-picture-largest-face-share = share of the picture that the largest face takes
feature-picture-kind-photo = probability of a photograph
feature-picture-kind-design = probability of a composed design
feature-picture-kind-screenshot = probability of a screenshot
feature-picture-kind-logo-or-packshot = probability of a logo or packshot
feature-picture-crop-1x1-attention-lost = share of attention lost when cropped to 1:1
feature-picture-crop-1x1-text-lost = share of text lost when cropped to 1:1
feature-picture-crop-4x5-attention-lost = share of attention lost when cropped to 4:5
feature-picture-crop-4x5-text-lost = share of text lost when cropped to 4:5
feature-picture-crop-9x16-attention-lost = share of attention lost when cropped to 9:16
feature-picture-crop-9x16-text-lost = share of text lost when cropped to 9:16
feature-picture-crop-16x9-attention-lost = share of attention lost when cropped to 16:9
feature-picture-crop-16x9-text-lost = share of text lost when cropped to 16:9
feature-copy-any-graphemes = number of characters in { $place }
feature-copy-any-utf16-units = length of { $place } as platforms count it
feature-copy-any-words = number of words in { $place }
feature-copy-any-sentences = number of sentences in { $place }
feature-copy-any-lines = number of lines in { $place }
feature-copy-any-characters-per-word = characters per word in { $place }, spaces included
feature-copy-any-words-per-sentence = words per sentence in { $place }
feature-copy-any-mean-word-length = average word length in { $place }
feature-copy-any-longest-word = length of the longest word in { $place }
feature-copy-any-long-word-share = share of long words in { $place }
feature-copy-any-syllables-per-word = syllables per word in { $place }
feature-copy-any-digits = number of digits in { $place }
feature-copy-any-numbers = count of numbers in { $place }
feature-copy-any-currency-amounts = count of prices in { $place }
feature-copy-any-percentages = count of percentages in { $place }
feature-copy-any-starts-with-number = number at the start of { $place }
feature-copy-any-question-marks = question marks in { $place }
feature-copy-any-exclamation-marks = exclamation marks in { $place }
feature-copy-any-inverted-question-marks = opening question marks (¿) in { $place }
feature-copy-any-inverted-exclamation-marks = opening exclamation marks (¡) in { $place }
feature-copy-any-unmatched-marks = question and exclamation marks without their partner in { $place }
feature-copy-any-quotes = quoted passages in { $place }
feature-copy-any-ellipses = ellipses in { $place }
feature-copy-any-emoji = emoji in { $place }
feature-copy-any-starts-with-emoji = emoji at the start of { $place }
feature-copy-any-capital-share = share of capital letters in { $place }
feature-copy-any-all-caps-words = words in capitals in { $place }
feature-copy-any-all-caps-share = share of words in capitals in { $place }
feature-copy-any-urls = web addresses in { $place }
feature-copy-any-hashtags = hashtags in { $place }
feature-copy-any-mentions = mentions in { $place }
feature-copy-any-list-items = list items in { $place }
feature-copy-any-list-like = list form of { $place }
feature-copy-any-flesch = reading ease of { $place } (Flesch)
feature-copy-any-flesch-kincaid-grade = school grade needed to read { $place } (Flesch-Kincaid)
feature-copy-any-fernandez-huerta = reading ease of { $place } (Fernández Huerta)
feature-copy-any-szigriszt-pazos = reading ease of { $place } (Szigriszt-Pazos)
feature-copy-any-type-token-ratio = share of different words in { $place }
feature-copy-any-mtld = variety of vocabulary in { $place } (MTLD)
feature-copy-any-second-person-tu = forms of “tú” in { $place }
feature-copy-any-second-person-usted = forms of “usted” in { $place }
feature-copy-any-second-person-vos = forms of “vos” in { $place }
feature-copy-any-second-person-vosotros = forms of “vosotros” in { $place }
feature-copy-any-second-person-you = forms of “you” in { $place }
feature-copy-any-first-person-share = share of first person in { $place }
feature-copy-any-second-person-share = share of second person in { $place }
feature-copy-any-third-person-share = share of third person in { $place }
feature-copy-any-imperative-opener = imperative at the start of { $place }
feature-copy-any-imperative-share = share of sentences in { $place } that open with an imperative
feature-copy-any-infinitive-opener = infinitive at the start of { $place }
feature-copy-any-negations = negations in { $place }
feature-copy-any-superlatives = superlatives in { $place }
feature-copy-any-curiosity-words = words of curiosity in { $place }
feature-copy-any-urgency-words = words of urgency in { $place }
feature-copy-any-function-word-share = share of function words in { $place }
feature-copy-any-positive-share = share of positive words in { $place }
feature-copy-any-negative-share = share of negative words in { $place }

# Duplicates and look-alikes
relation-duplicate = duplicate
relation-same-art-other-text = same art, other text
relation-look-alike = look-alike
similar-relation = Relation
similar-similarity = Similarity
similar-first = Picture
similar-second = Is like
similar-nothing = Nothing alike was found
similar-explained = Similarity is the cosine of the embeddings. A duplicate is the same picture after recompression, resizing, a small crop, a border or a shift of colors; the same art with other text differs in a part; a look-alike is another picture.
similar-summary = { $pictures ->
    [one] One picture
   *[other] { $pictures } pictures
}: { $duplicates ->
    [one] one pair of duplicates
   *[other] { $duplicates } pairs of duplicates
}, { $texts } of the same art with other text, { $alikes } of look-alikes; { $quarantined } left out
similar-concepts = Effective number of distinct concepts: { NUMBER($concepts, maximumFractionDigits: 1) } in { $pictures ->
    [one] one picture
   *[other] { $pictures } pictures
}
similar-drops = What adds least, in this order:
similar-drop = { $path }: like { $like }; without it { NUMBER($concepts, maximumFractionDigits: 1) } concepts in { $remaining ->
    [one] one picture
   *[other] { $remaining } pictures
}

### Language models and public classifiers (area language-model)

language-model-bad-text-config = config.json of the model cannot be used: { $detail }; choose a RoBERTa or XLM-R sequence classifier
language-model-bad-tokenizer = the tokenizer of the model cannot be used: { $detail }; get the model again
language-model-no-sentiment-labels = the labels of the model are { $found }; a sentiment model has labels for negative and positive by name
language-model-device-lost = the device gave no result: { $detail }; try --device cpu
language-model-not-a-number = the result for text { $row } of the batch is not made of finite numbers; try --device cpu
language-model-unreadable-weights = the weights of the model are not readable: { $detail }
language-model-missing-tensors = the weights lack { $count } tensors that the network needs: { $tensors }; choose another model
language-model-unused-tensors = the weights have { $count } tensors that the network does not: { $tensors }; choose another model
language-model-wrong-shape = tensor `{ $tensor }` of the weights has shape { $found }, the network needs { $expected }
language-model-wrong-kind = tensor `{ $tensor }` of the weights holds { $found }; expected F16, BF16 or F32
language-model-not-finite = tensor `{ $tensor }` of the weights holds { $count } values that are not finite numbers

### Comments

nothing-to-read = `{ $text }` cannot be read; use words in Spanish or English
progress-comments = comments
cli-summary-no-csv = a summary is no table: use --format table, json or jsonl
cli-unknown-columns = columns without a meaning here: { $columns }
cli-comments-read = { $comments } comments, { $faults } rows at fault, { $rate } comments a second
comment-negative = negative
comment-neutral = neutral
comment-positive = positive
comment-illegible = cannot be read
comment-toxic = insult
comment-spam = spam
comment-irony = irony
comment-intent-question = question
comment-intent-purchase = purchase
comment-intent-complaint = complaint
comment-intent-toxic = insult
comments-counted = { $comments ->
    [one] { $comments } comment
   *[other] { $comments } comments
} ({ $languages }) under { $creatives ->
    [one] { $creatives } creative
   *[other] { $creatives } creatives
}; { $illegible } could not be read.
comments-count = number
comments-all = all
comments-share-negative = negative
comments-share-neutral = neutral
comments-share-positive = positive
comments-share-question = question
comments-share-complaint = complaint
comments-share-toxic = insult
comments-share-spam = spam
comments-explained = Shares are of the comments that are not spam (spam: of all). The ranges are { $level } % intervals for who happened to comment; errors in reading come on top. Under { $minimum } comments there are counts instead of shares.
comments-more-creatives = ... and { $count ->
    [one] { $count } more creative
   *[other] { $count } more creatives
} (--format json has them)
comments-more-faults = and { $count } more rows at fault
comments-topics-question = What people ask
comments-topics-complaint = What people complain about
comments-topic = “{ $text }” (row { $row })
comments-topic-under = “{ $text }” (row { $row }; under { $creatives })
comments-changes = What changed since { $since }, compared with before
comments-changed = more than chance would show
comments-unchanged = no more than chance
comments-replies = Waiting for an answer, most urgent first
comments-reply = { $why }: “{ $text }” (row { $row }, { $likes ->
    [one] { $likes } like
   *[other] { $likes } likes
})
similar-copy-nothing = No copy of the library is that similar.

### What people answered, as features of the scorer

part-comments = the comments as a whole
feature-comments-count = number of comments
feature-comments-negative-share = share of negative comments
feature-comments-positive-share = share of positive comments
feature-comments-question-share = share of questions among the comments
feature-comments-purchase-share = share of comments with intent to buy
feature-comments-complaint-share = share of complaints among the comments
feature-comments-toxic-share = share of insults among the comments
feature-comments-spam-share = share of spam among the comments

### What a reader of a history has to know

learn-strangers = { $rows ->
    [one] One row of results names
   *[other] { $rows } rows of results name
    } no creative of this library and did not count
learn-other-results = The rows count several kinds of results, which are never added up; these do not count as conversions: { $kinds }
### Exports of ad platforms (areas import, import-skip, import-warning)

import-file-unreadable = `{ $file }` cannot be read: { $detail }
import-file-too-large = `{ $file }` has { $bytes } bytes or more, the limit is { $limit }; export fewer days at a time
import-too-many-rows = `{ $file }` has more than { $limit } records; export fewer days at a time
import-empty-file = `{ $file }` is empty
import-broken-gzip = `{ $file }` cannot be unpacked ({ $detail }); it was probably cut off while copying
import-broken = `{ $file }` cannot be read as { $format } ({ $detail }); export it again
import-no-header = `{ $file }` has no header with known names in its first { $looked_at } records (found: { $found }); name the columns in a mapping file
import-header-only = `{ $file }` has a header in record { $record }, but no rows
import-no-rows = none of the { $records } records of `{ $file }` is a row of data
import-mixed-numbers = `{ $file }` mixes decimal marks in column `{ $header }`: `{ $example }` in record { $record } and `{ $other }` in record { $other_record }. Which one is right? Say decimal = 'point' or decimal = 'comma' in a mapping file, or correct the file
import-ambiguous-numbers = is `{ $example }` in column `{ $header }`, record { $record } of `{ $file }`, a number with decimals or with thousands? Nothing in the file tells; say decimal = 'point' or decimal = 'comma' in a mapping file
import-mixed-dates = `{ $file }` mixes day/month and month/day: `{ $example }` in record { $record } and `{ $other }` in record { $other_record }; say dates = 'day-month' or dates = 'month-day' in a mapping file, or correct the file
import-ambiguous-dates = is `{ $example }` in column `{ $header }`, record { $record } of `{ $file }`, day/month or month/day? Nothing in the file tells; say dates = 'day-month' or dates = 'month-day' in a mapping file
import-mapped-column-missing = the mapping says { $field } = `{ $header }`, but `{ $file }` has no such column; it has: { $found }
import-no-period-in-file-name = the mapping says period = 'file-name', but the name of `{ $file }` does not hold two dates such as 2025-10-01 to 2025-10-31
import-mapping-unreadable = the mapping file `{ $file }` cannot be read: { $detail }
import-mapping-invalid = { $file }:{ $line }:{ $column }: { $detail }
import-mapping-unknown-key = { $file }:{ $line }:{ $column }: there is no key `{ $key }`; did you mean `{ $nearest }`?
import-skip-preamble = it stands above the header
import-skip-blank = it is blank
import-skip-total = it is a total { $label ->
        [none] of all rows
       *[other] ({ $label })
    }
import-skip-subtotal = it is a subtotal ({ $label })
import-skip-average = it is an average ({ $label })
import-skip-stray = it is a stray figure without any name
import-skip-footnote = it is a line of text, not a row of the table
import-skip-duplicate = it is an exact duplicate of record { $of }
import-skip-repeated-header = it repeats the header
import-skip-other-table = it belongs to another table of the file
import-skip-too-many-cells = it has { $found } cells, the header has { $expected }
import-skip-unclosed-quote = a quotation mark opens in it and is never closed; what follows is lost
import-skip-broken = it cannot be read: { $detail }
import-warning-totals-differ = the total in record { $record } says { $total } for { $field }, the rows add up to { $sum }; was the export filtered?
import-warning-totals-reach = the total in record { $record } says { $total } for reach, the rows { $sum }: people are counted once, reach does not add up
import-warning-breakdown-rows = { $ads ->
        [one] { $ads } ad has several rows for the same days, cut by { $by }; add them up before ranking ads
       *[other] { $ads } ads have several rows for the same days, cut by { $by }; add them up before ranking ads
    }
import-warning-repeated-column = the column `{ $header }` appears twice with equal values; the first is used
import-warning-repeated-column-differs = the column `{ $header }` appears twice with different values; the first is used
import-warning-competing-columns = `{ $used }` and `{ $other }` both mean { $field }; `{ $used }` is used
import-warning-no-dates = the rows carry no date; say the period in a mapping file: period = '2025-10-01/2025-10-31'
import-warning-dates-in-file-name = the rows carry no date; the name of the file says { $period }. If that is the period, say so in a mapping file: period = '{ $period }'
import-warning-mixed-currency = money is in { $currencies }; never add them up without a rate
import-warning-unknown-currency = nothing in the file tells the currency of the money; say it in a mapping file: currency = 'EUR'
import-warning-negative-values = { $cells } figures are negative, the first in record { $record }: corrections, kept so that sums agree with the invoice
import-warning-duplicate-rows = { $rows ->
        [one] record { $record } repeats another one cell by cell and was left out
       *[other] { $rows } records repeat others cell by cell and were left out, the first is { $record }
    }
import-warning-equal-rows = { $rows ->
        [one] record { $record } is equal to another one and was kept: without an id they may be different ads
       *[other] { $rows } records are equal to others and were kept, the first is { $record }: without an id they may be different ads
    }
import-warning-formula-like-text = { $cells ->
        [one] one text begins with = + - or @, in record { $record }; it is text here and must be escaped in a spreadsheet
       *[other] { $cells } texts begin with = + - or @, the first in record { $record }; they are text here and must be escaped in a spreadsheet
    }
import-warning-bidi-control = { $cells ->
        [one] one text has characters that turn the direction of writing, in record { $record }; it may not be what it looks like
       *[other] { $cells } texts have characters that turn the direction of writing, the first in record { $record }; they may not be what they look like
    }
import-warning-control-characters = { $cells ->
        [one] one cell has control characters, in record { $record }
       *[other] { $cells } cells have control characters, the first in record { $record }
    }
import-warning-huge-cell = { $cells ->
        [one] record { $record }, field { $position } (`{ $header }`) has { $bytes } bytes
       *[other] record { $record }, field { $position } (`{ $header }`) has { $bytes } bytes, and { $cells } cells in all are that long
    }
import-warning-bad-number = { $cells ->
        [one] a cell of `{ $header }` is no number and was left out, in record { $record }: `{ $value }`
       *[other] { $cells } cells of `{ $header }` are no numbers and were left out, the first in record { $record }: `{ $value }`
    }
import-warning-bad-date = { $cells ->
        [one] a cell of `{ $header }` is no date and was left out, in record { $record }: `{ $value }`
       *[other] { $cells } cells of `{ $header }` are no dates and were left out, the first in record { $record }: `{ $value }`
    }
import-warning-rounded-id = { $cells ->
        [one] an id of `{ $header }` went through a spreadsheet that rounded it, in record { $record }: `{ $value }`; export again and do not open the file before
       *[other] { $cells } ids of `{ $header }` went through a spreadsheet that rounded them, the first in record { $record }: `{ $value }`; export again and do not open the file before
    }
import-warning-rate-differs = `{ $header }` does not fit its parts in { $cells ->
        [one] one record, { $record }
       *[other] { $cells } records, the first is { $record }
    }: it says { $written }, the parts give { $computed }
import-warning-other-table = another table begins in record { $record }; it states the same money in another way, so it was left out
import-warning-other-sheets = { $sheets } sheets hold performance; `{ $used }` was read
import-warning-short-records = { $records ->
        [one] record { $record } ends too early; what it lacks is unknown
       *[other] { $records } records end too early, the first is { $record }; what they lack is unknown
    }
import-warning-invalid-bytes = { $cells ->
        [one] one cell has bytes that are no text, in record { $record }; they stand as U+FFFD
       *[other] { $cells } cells have bytes that are no text, the first in record { $record }; they stand as U+FFFD
    }
import-warning-mixed-results = results are of several kinds ({ $kinds }); never add or compare them across kinds
import-warning-clicks-exceed-impressions = { $rows ->
        [one] record { $record } has more clicks than impressions; are the columns swapped?
       *[other] { $rows } records have more clicks than impressions, the first is { $record }; are the columns swapped?
    }
imported-date = Days
imported-campaign = Campaign
imported-ad = Ad
imported-spend = Spend
imported-impressions = Impressions
imported-clicks = Clicks
imported-results = Results
imported-more = … and { $rows } more rows; --format jsonl or csv has them all
imported-more-skipped = … and { $records } more records
imported-sums = { $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    }: spend { $spend }, { $impressions } impressions, { $clicks } clicks; { $skipped ->
        [one] { $skipped } record was
       *[other] { $skipped } records were
    } no data
cli-imported = { $rows } rows, { $skipped } records that are no data

### Explanations

in-field-headline = In the headline
in-field-primary-text = In the primary text
in-field-image = In the picture
region-text-adds = The text in the picture ({ $place }) adds { $points } points
region-text-costs = The text in the picture ({ $place }) costs { $points } points
region-text-even = The text in the picture ({ $place }) makes next to no difference
region-attention-adds = The place that draws the eye ({ $place }) adds { $points } points
region-attention-costs = The place that draws the eye ({ $place }) costs { $points } points
region-attention-even = The place that draws the eye ({ $place }) makes next to no difference
region-face-adds = The face in the picture ({ $place }) adds { $points } points
region-face-costs = The face in the picture ({ $place }) costs { $points } points
region-face-even = The face in the picture ({ $place }) makes next to no difference
edit-drop-word = { $field }, take out “{ $taken }”.
edit-drop-sentence = { $field }, take out the sentence “{ $taken }”.
edit-swap-words = { $field }, write “{ $put }” instead of “{ $taken }”.
edit-fix-capitals = { $field }, write it without shouting: “{ $after }”.
edit-fix-marks = { $field }, put the punctuation in order: “{ $after }”.
edit-drop-question = { $field }, take out the question “{ $taken }”.
edit-ask-question = { $field }, ask instead of stating: “{ $after }”.
edit-first-sentence = { $field }, keep the first sentence only: “{ $after }”.
edit-swap-fields = Make “{ $after }”, the first sentence of the text, the headline, and begin the text with “{ $before }”.
edit-sibling-headline = Try the headline of another creative of this campaign: “{ $after }”.
edit-remove-text = Take this text out of the picture ({ $place }).
edit-crop-1x1 = Crop the picture to 1:1 around what people look at ({ $after } of { $before } pixels).
edit-crop-4x5 = Crop the picture to 4:5 around what people look at ({ $after } of { $before } pixels).
edit-crop-9x16 = Crop the picture to 9:16 around what people look at ({ $after } of { $before } pixels).
edit-contrast = Raise the contrast of the picture (from { $before } to { $after }).
edit-brightness = Make the picture lighter (from { $before } to { $after }).
edit-gain = Expected gain: { $gain } points ({ $level } range: { $low } to { $high }).
edit-gain-unsure = Expected gain: { $gain } points, but it may be none ({ $level } range: { $low } to { $high }): run both and let the results decide.
explain-heading = Explained: no. { $rank }, { $id } ({ $score })
explain-words = What single words and signs add: { $words }
explain-words-even = No single word or sign moves the score by a tenth of a point.
explain-word = { $points } “{ $text }”
explain-edits = What to change:
explain-edits-none = No change was found that gains more than one point: keep it as it is, and try a different idea beside it.
explain-meaning = A word or a region is worth the difference between the score with it and without it; an edit, the difference between the score changed and as it is. These are associations, not causes: test before you rely on them.
html-words = What each word adds
html-words-meaning = Shaded words add points (+) or take points (−): the score with the word, less the score without it. An association, not a cause.
html-edits = What to change
html-no-edits = No change was found that gains more than one point: keep it as it is, and try a different idea beside it.
html-regions = What regions of the picture add
html-key-regions = what a region adds or costs

### Writing copy: gancho write

## Briefs that cannot be read (area brief)

brief-unreadable = the brief `{ $file }` cannot be read: { $detail }
brief-syntax = { $line ->
    [0] this is not { $format } ({ $detail }); correct it or see `gancho write --example`
   *[other] line { $line }, column { $column }: this is not { $format } ({ $detail }); correct it or see `gancho write --example`
}
brief-not-an-object = a brief is an object with fields such as `brand` and `product`, this is { $found }; see `gancho write --example`
brief-unknown-field = there is no field `{ $field }`; did you mean `{ $nearest }`?
brief-wrong-type = `{ $field }` is { $found }, but { $wanted } is needed; write texts and prices in quotes
brief-unknown-value = `{ $field }` is `{ $found }`, which is unknown; did you mean `{ $nearest }`?
brief-too-large = the brief has { $bytes } bytes, the limit is { $limit }; shorten it
brief-too-many = `{ $field }` has { $entries } entries, the limit is { $limit }; keep the best ones

## What is wrong with a brief; the path of the field stands before it (area brief-problem)

brief-problem-nothing-to-advertise = there is neither brand nor product to name; give at least one of them
brief-problem-no-brand = there is no brand; only the product is named
brief-problem-no-product = there is no product; only the brand is named
brief-problem-nothing-to-say = there is no benefit, proof or offer; nothing is invented, so give at least one
brief-problem-degenerate = brand and product have one letter each; write them out
brief-problem-required-is-forbidden = `{ $required }` is required, but it holds the forbidden `{ $forbidden }`; take one of them out
brief-problem-required-too-long = `{ $required }` has { $length } characters, the roomiest field takes { $limit }; shorten it
brief-problem-required-too-many = the required mentions have { $length } characters together, all fields take { $limit }; require fewer
brief-problem-required-characters = `{ $required }` is required, but the platform takes no emoji; write it without
brief-problem-limit-too-small = { $limit ->
    [one] { $limit } character holds
   *[other] { $limit } characters hold
} no line; raise the limit of `{ $of }`
brief-problem-no-fields = the placement `{ $placement }` is unknown and the brief sets no limits; set them
brief-problem-unknown-placement = the placement `{ $placement }` is unknown; the brief's own limits are used
brief-problem-name-too-long = this name has { $length } characters, the roomiest field takes { $limit }; give a short name
brief-problem-text-too-long = this has { $length } characters, the roomiest field takes { $limit }; it is left out unless you shorten it
brief-problem-injection = `{ $text }` gives orders instead of facts and is left out; write what the product does
brief-problem-control-tokens = `{ $text }` holds marks of chat formats; they are kept as plain characters
brief-problem-control-characters = `{ $text }` holds control characters; take them out
brief-problem-prohibited = `{ $text }` is a promise about { $class ->
    [health] health
   *[income] income
} that ads may not make; it is left out
brief-problem-prohibited-required = `{ $text }` must be written, but it is a promise about { $class ->
    [health] health
   *[income] income
} that ads may not make; take it out
brief-problem-holds-forbidden = `{ $text }` holds the forbidden `{ $forbidden }` and is left out
brief-problem-personal-attribute = `{ $text }` describes the audience by personal attributes; the audience is kept out of the copy
brief-problem-contradiction = `{ $text }` contradicts `{ $other }` ({ $other_field }); both are left out
brief-problem-discount-upward = the price rises from { $old } to { $new }, which is no discount; the offer is left out
brief-problem-impossible = `{ $text }` cannot be; the text is left out
brief-problem-other-price = the offer says { $offer }, the price is { $price }; the offer is left out
brief-problem-no-number-in-price = `{ $text }` holds no number; give the price as it should stand in the ad
brief-problem-other-currency = the price has the sign `{ $sign }`, the currency is { $currency }; correct one of them
brief-problem-unusual-address = `{ $address }` is not how { $market } speaks to a reader; usual is `{ $usual }`
brief-problem-other-market = there is no market `{ $market }` in the language `{ $language }`; correct one of them
brief-problem-other-language = the brief is written in `{ $found }`, the copy in `{ $wanted }`; translate the brief
brief-problem-emoji = `{ $text }` holds emoji, which the platform refuses; it is left out
brief-problem-repeated = `{ $text }` stands twice

## Why candidates were left out; a count stands before it

write-rule-over_limit = longer than the field
write-rule-empty = with nothing to read
write-rule-unknown_field = with a field that the placement lacks
write-rule-forbidden_word = with a word that the brief forbids
write-rule-missing_required = without a mention that the brief requires
write-rule-number_changed = with a number that does not stand so in the brief
write-rule-name_changed = with a name written otherwise than in the brief
write-rule-invented_fact = with a name or a fact that the brief lacks
write-rule-unsupported_claim = with a claim that the brief does not carry
write-rule-unsupported_superlative = with a superlative or a comparison that the brief does not carry
write-rule-wrong_address = with the wrong form of address, or two of them
write-rule-agreement = with gender or number that does not agree
write-rule-wrong_language = in another language than the brief's
write-rule-followed_injection = with words of an order hidden in the brief
write-rule-personal_attribute = with a personal attribute asserted of the reader
write-rule-shouting = with words in capitals or too many exclamation marks
write-rule-repeated_punctuation = with repeated punctuation
write-rule-unmatched_mark = with a ¿, a ¡, a quote or a bracket without its other half
write-rule-typography_percent = with the wrong spacing before %
write-rule-spacing = with spaces doubled, at the ends or before punctuation
write-rule-emoji = with emoji where the placement takes none
write-rule-control_character = with control characters
write-rule-markup = with markup, placeholders or list marks
write-rule-near_duplicate = nearly the same as another text

## What was mended in a variant

write-repair-spaces = spaces put right
write-repair-punctuation = repeated punctuation taken out
write-repair-opening_mark = missing ¿ or ¡ added
write-repair-sign_space = space before % or a currency sign put right
write-repair-control_characters = control characters taken out
write-repair-final_stop = full stop at the end of a headline taken out
write-repair-wrapping = quotation marks or a label around the line taken out

## Why there are fewer variants than asked for

write-blocked-nothing-fits = { $shortest ->
    [none] { $field }: nothing fits into { $limit } characters; raise the limit or give shorter facts.
   *[other] { $field }: nothing fits into { $limit } characters, the shortest text found is “{ $shortest }”; raise the limit or give shorter names and facts.
}
write-blocked-rule = { $stopped ->
    [one] { $stopped } candidate was
   *[other] { $stopped } candidates were
} left out for one reason ({ $rule }), for example “{ $example }”.
write-blocked-few-facts = { $found ->
    [0] The brief says too little: no ad passed the gate; add benefits, proof or an offer.
    [one] The brief says too little for more variants that differ enough ({ $found } ad passed the gate); add benefits, proof or an offer.
   *[other] The brief says too little for more variants that differ enough ({ $found } ads passed the gate); add benefits, proof or an offer.
}

## Rhetorical frames, fields and engines

write-frame-aida = AIDA (attention, interest, desire, action)
write-frame-bab = before–after–bridge
write-frame-fab = feature to benefit
write-frame-four-u = four U's (useful, urgent, unique, ultra-specific)
write-frame-how-to = how-to
write-frame-offer = offer first
write-frame-pas = problem–agitation–solution
write-frame-plain = plain
write-frame-proof = proof first
write-frame-question = question
write-frame-testimonial = testimonial
write-frame-urgency = urgency
write-field-primary_text = Primary text
write-field-intro_text = Introductory text
write-field-ad_text = Ad text
write-field-text = Text
write-field-subject = Subject
write-field-preheader = Preheader
write-field-title = Title
write-field-body = Body
write-field-footer = Footer
write-field-headline = Headline
write-field-long_headline = Long headline
write-field-description = Description
write-field-call_to_action = Call to action
write-engine-composer = composer (templates)
write-engine-model = language model

## What became of the briefs

write-brief = Brief “{ $brief }”
write-summary = { $written } of { $wanted ->
    [one] { $wanted } variant
   *[other] { $wanted } variants
}; { $judged ->
    [one] { $judged } candidate was made
   *[other] { $judged } candidates were made
}, { $passed } passed the gate.
write-refused = Nothing was written for this brief; see above.
cli-write-no-brief = no brief was given: name a file, `-` for standard input, or at least --brand or --product; `gancho write --example` prints one
cli-write-saved = written to { $path }: { $variants ->
        [one] { $variants } variant
       *[other] { $variants } variants
    }
progress-writing = Writing copy

## The session

write-session-welcome = Type `help` for what can be done, `quit` to leave.
write-session-help =
    more [N]            N more variants
    shorter [3]         shorter variants; with a number, shorter than that one
    like 3              more in the manner of variant 3
    like 3 but usted    the same with another form of address (usted, tú, vos),
                        or `like 3 but shorter`
    keep 2 5            keep variants 2 and 5
    drop 4              take variant 4 out
    field headline      work on this field only; `field all` for all of them
    placement NAME      write for another placement
    show                show the variants again
    save FILE           the variants as .csv, .json or .jsonl, or the session as .toml
    help                this list
    quit                leave
write-session-unknown = There is no order `{ $order }`; did you mean `{ $nearest }`? Type `help` for the list.
write-session-no-number = { $count ->
    [0] There is no variant { $number }: there are none yet; type `more`.
    [one] There is no variant { $number }: there is only one.
   *[other] There is no variant { $number }: choose one from 1 to { $count }.
}
write-session-kept = { $count ->
    [one] { $count } variant is kept.
   *[other] { $count } variants are kept.
}
write-session-nothing-shorter = Nothing shorter was found; type `more` for other variants, or give shorter facts in the brief.
write-session-placement = From now on variants are written for `{ $placement }`.
write-session-unknown-placement = There is no placement `{ $placement }`; these are known: { $known }.
write-session-unknown-field = There is no field `{ $field }` here; choose one of these: { $known }.
write-session-saved = Saved to { $path }: { $variants ->
    [one] { $variants } variant.
   *[other] { $variants } variants.
}
write-session-bad-name = `{ $path }` was not saved: its name has to end in .csv, .json, .jsonl or .toml.
write-session-replayed = The session is back: { $variants ->
    [one] { $variants } variant
   *[other] { $variants } variants
}, { $choices ->
    [one] { $choices } choice
   *[other] { $choices } choices
}.
write-session-asks-brand = Brand? (enter to skip)
write-session-asks-product = Product? (enter to skip)
write-session-asks-benefits = Benefits? (several, separated by `;`; enter to skip)
write-session-asks-proof = Proof, such as figures, awards or reviews? (several, separated by `;`; enter to skip)
write-session-asks-offer = Offer? (enter to skip)
write-session-asks-price = Price, as it should stand in the ad? (enter to skip)
write-session-asks-audience = Who is it for? (enter to skip)
write-session-asks-market = Market, such as es-MX or en-US? (enter for { $usual })
write-session-asks-address = Form of address: tu, usted, vos, vosotros, ustedes or you? (enter for { $usual })
write-session-asks-placement = Placement? (enter for { $usual })
write-session-asks-forbidden = Words that may not appear? (several, separated by `;`; enter to skip)
write-session-asks-required = Words that have to appear? (several, separated by `;`; enter to skip)
write-session-left = Nothing was saved; type `save FILE` first, or `quit` again to leave.

## Improving a text that exists

write-improve-none = { $candidates ->
    [0] Nothing better was found: there was no candidate to try; add facts to the brief.
    [one] Nothing better was found: the only candidate gains no more than one point.
   *[other] Nothing better was found: of { $candidates } candidates none gains more than one point.
}
write-improve-heading = Instead of “{ $text }”:
write-improve-item = { $place }. “{ $text }” Expected gain: { $gain } points ({ $level } range: { $low } to { $high }).
write-improve-meaning = The gain is the difference in score between the new text and the present one. Scores are associations in headline tests, not causes: test before you rely on them.

## What is found or needed in a field of a brief; the key is the English word

write-type-null = null
write-type-true-or-false = true or false
write-type-a-number = a number
write-type-a-whole-number = a whole number
write-type-a-text = a text
write-type-a-list = a list
write-type-a-list-of-texts = a list of texts
write-type-an-object = an object
write-type-an-object-of-fields = an object of fields
write-type-an-object-with-max-chars-and-count = an object with `max_chars` and `count`
