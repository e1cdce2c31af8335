//! `gancho see`: records, drawings, words.

use serde_json::Value;

use crate::program::{corpus, demo, gancho, of_schema, records, run, status, stderr, stdout};

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("not a number: {value}"))
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn is_share(value: &Value) -> bool {
    (0.0..=1.0 + 1e-6).contains(&number(value))
}

/// What every record promises, whatever the network says of the picture.
fn check(record: &Value) {
    let (width, height) = (number(&record["width"]), number(&record["height"]));
    let keys: Vec<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
    for key in ["path", "measures", "hashes", "palette", "quality", "complexity"] {
        assert!(keys.contains(&key), "{key}: {keys:?}");
    }
    let attention = &record["attention"];
    let map: Vec<Vec<f64>> = attention["map"].as_array().unwrap().iter().map(numbers).collect();
    assert!(map.len() == 44 && map.iter().all(|row| row.len() == 44));
    let sum: f64 = map.iter().flatten().sum();
    assert!((sum - 1.0).abs() < 1e-3 && map.iter().flatten().all(|it| *it >= 0.0), "{sum}");
    let mut around = 0.0;
    for it in attention["focal_points"].as_array().unwrap() {
        assert!(
            (0.0..=width).contains(&number(&it["x"])) && (0.0..=height).contains(&number(&it["y"])),
            "{it}"
        );
        around += number(&it["share"]);
    }
    assert!(around <= 1.0 + 1e-6);
    let thirds = numbers(&attention["thirds"]);
    assert!((thirds.iter().sum::<f64>() - 1.0).abs() < 1e-5, "{thirds:?}");
    assert_eq!(thirds[4], number(&attention["on_center"]));
    for share in ["on_text", "on_faces", "unattended_share"] {
        assert!(is_share(&attention[share]), "{share}: {attention}");
    }
    let text = &record["text"];
    assert!(is_share(&text["area"]));
    let boxes = text["boxes"].as_array().unwrap();
    assert_eq!(boxes.is_empty(), number(&text["area"]) == 0.0);
    for it in boxes {
        assert!(numbers(&it["quad"]).len() == 8 && is_share(&it["score"]), "{it}");
        assert!(it["contrast"].is_null() || (1.0..=21.0).contains(&number(&it["contrast"])), "{it}");
    }
    for it in record["faces"].as_array().unwrap() {
        let place = numbers(&it["box"]);
        assert!(place[0] >= 0.0 && place[0] + place[2] <= width + 0.2, "{it}");
        assert!(place[1] >= 0.0 && place[1] + place[3] <= height + 0.2, "{it}");
    }
    let quality = record["quality"].as_object().unwrap();
    assert_eq!(quality.len(), 5, "{quality:?}");
    assert!(quality.values().all(is_share), "{quality:?}");
    assert!((0.0..=100.0).contains(&number(&record["complexity"])), "{}", record["complexity"]);
    let kind = &record["kind"];
    let label = kind["label"].as_str().unwrap();
    let scores = kind["scores"].as_object().unwrap();
    assert_eq!(scores.len(), 4);
    assert!((scores.values().map(number).sum::<f64>() - 1.0).abs() < 1e-5, "{kind}");
    assert!(scores.values().all(|it| number(it) <= number(&scores[label])), "{kind}");
    for (shape, ratio) in [("1:1", 1.0), ("4:5", 0.8), ("9:16", 0.5625), ("16:9", 16.0 / 9.0)] {
        for place in ["centered", "best"] {
            let crop = &record["crops"][shape][place];
            let area = numbers(&crop["box"]);
            assert!(area[0] + area[2] <= width && area[1] + area[3] <= height, "{shape}: {crop}");
            assert!(area[2] == width || area[3] == height, "the largest of its shape: {crop}");
            // Within the rounding to whole pixels.
            let wanted = if area[3] == height { height * ratio } else { width };
            assert!((area[2] - wanted).abs() <= 1.0, "{shape}: {crop}");
            assert!(is_share(&crop["attention_lost"]) && is_share(&crop["text_lost"]), "{crop}");
        }
        let lost = |place: &str| number(&record["crops"][shape][place]["attention_lost"]);
        assert!(lost("best") <= lost("centered") + 1e-6, "{shape}");
    }
}

#[test]
fn every_demo_picture_has_a_record_that_keeps_its_promises() {
    let output = run(gancho().arg("see").arg(demo()));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    // Not a terminal: records, one a line, in the order of the names.
    let records = records(&stdout(&output));
    let sights = of_schema(&records, "gancho.sight/1");
    assert_eq!((sights.len(), records.len()), (24, 24));
    sights.iter().for_each(|it| check(it));
    // As the design shows them: the same keys in the same order.
    let first = stdout(&output).lines().next().unwrap().to_owned();
    let places: Vec<_> = [
        "schema",
        "path",
        "width",
        "height",
        "measures",
        "hashes",
        "palette",
        "attention",
        "text",
        "faces",
        "quality",
        "complexity",
        "kind",
        "crops",
    ]
    .iter()
    .map(|key| first.find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("no {key}")))
    .collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn odd_pictures_are_seen_and_bad_ones_quarantined() {
    let files = ["one_pixel.png", "30000x2.png", "transparent.png", "gray.jpg", "truncated.png", "page.pdf"];
    let files = files.map(|it| corpus("pictures").join(it));
    let output = run(gancho().arg("see").args(&files).args(["--format", "jsonl"]));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let records = records(&stdout(&output));
    let sights = of_schema(&records, "gancho.sight/1");
    assert_eq!(sights.len(), 4);
    sights.iter().for_each(|it| check(it));
    assert_eq!(of_schema(&records, "gancho.quarantine/1").len(), 2);
    assert!(stderr(&output).contains("truncated.png"), "{}", stderr(&output));
    let strict = run(gancho().arg("see").args(&files).args(["--format", "jsonl", "--strict"]));
    assert_eq!(status(&strict), 1);
}

/// A picture file without a library: 24 bits a pixel, rows from the bottom up (Microsoft's BITMAPINFOHEADER).
fn bitmap(width: u32, height: u32, color: impl Fn(u32, u32) -> [u8; 3]) -> Vec<u8> {
    let row = (3 * width).next_multiple_of(4);
    let size = 54 + row * height;
    let mut bytes = b"BM".to_vec();
    for number in [size, 0, 54, 40, width, height] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend([1, 0, 24, 0]);
    bytes.resize(54, 0);
    for y in (0..height).rev() {
        for x in 0..width {
            let [red, green, blue] = color(x, y);
            bytes.extend([blue, green, red]);
        }
        bytes.resize(bytes.len() + (row - 3 * width) as usize, 0);
    }
    bytes.resize(size as usize, 0);
    bytes
}

#[test]
fn extreme_shapes_and_contents_give_sensible_records() {
    let folder = tempfile::tempdir().unwrap();
    let random = |x: u32, y: u32| {
        let mut state = (x << 16 | y).wrapping_mul(0x9e37_79b9) ^ 0x85eb_ca6b;
        state ^= state >> 15;
        state = state.wrapping_mul(0x2c1b_3c6d);
        (state >> 12).to_le_bytes()
    };
    let noise = |x, y| [random(x, y)[0], random(x, y)[1], random(y, x)[0]];
    let pictures: [(&str, Vec<u8>); 6] = [
        ("dot", bitmap(1, 1, |_, _| [200, 30, 30])),
        ("ribbon", bitmap(20_000, 300, |x, y| [(x / 80) as u8, (y / 2) as u8, 128])),
        ("tower", bitmap(300, 20_000, |x, y| [(y / 80) as u8, (x / 2) as u8, 128])),
        ("white", bitmap(640, 640, |_, _| [255; 3])),
        ("black", bitmap(640, 640, |_, _| [0; 3])),
        ("noise", bitmap(640, 480, noise)),
    ];
    for (name, bytes) in &pictures {
        std::fs::write(folder.path().join(format!("{name}.bmp")), bytes).unwrap();
    }
    let output = run(gancho().arg("see").arg(folder.path()));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let records = records(&stdout(&output));
    let sights = of_schema(&records, "gancho.sight/1");
    assert_eq!(sights.len(), pictures.len());
    sights.iter().for_each(|it| check(it));
    let of = |name: &str| {
        let of_name = |it: &&&Value| it["path"].as_str().unwrap().contains(name);
        *sights.iter().find(of_name).unwrap()
    };
    for name in ["white", "black"] {
        let record = of(name);
        assert_eq!(record["text"]["boxes"], serde_json::json!([]), "{name}");
        assert_eq!(record["faces"], serde_json::json!([]), "{name}");
        assert_eq!(number(&record["complexity"]), 0.0, "{name}");
    }
    assert_eq!(of("noise")["faces"], serde_json::json!([]));
    assert!(number(&of("noise")["quality"]["noise"]) < 0.3, "{}", of("noise")["quality"]);
    assert!(number(&of("noise")["complexity"]) > 70.0, "{}", of("noise")["complexity"]);
}

#[test]
fn cache_and_threads_do_not_change_a_byte() {
    let folder = tempfile::tempdir().unwrap();
    let see = |cache: &str, threads: &str| {
        let output = run(gancho().arg("see").arg(demo()).args(["--cache", cache, "--threads", threads]));
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        stdout(&output)
    };
    let cache = folder.path().to_str().unwrap();
    let fresh = see("off", "1");
    assert!(fresh == see(cache, "2"), "threads change the result");
    assert!(fresh == see(cache, "1"), "the cache changes the result");
}

#[test]
fn one_object_holds_what_the_lines_hold() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seen.json");
    let picture = corpus("pictures/gray.jpg");
    let output = run(gancho().arg("see").arg(&picture).args(["--format", "json", "--output"]).arg(&path));
    assert_eq!((status(&output), stdout(&output)), (0, String::new()), "{}", stderr(&output));
    let object: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let lines = records(&stdout(&run(gancho().arg("see").arg(&picture))));
    assert_eq!(object["sights"].as_array().unwrap(), &lines);
    assert_eq!(object["quarantine"], serde_json::json!([]));
}

#[test]
fn words_are_in_the_language_of_the_reader() {
    let words = |lang: &str| {
        let output = run(gancho()
            .arg("see")
            .arg(demo().join("images/brasal-01-lunes.jpg"))
            .args(["--format", "table", "--lang", lang]));
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        stdout(&output)
    };
    let (en, es) = (words("en"), words("es"));
    assert!(en.contains("Path of the eye:") && en.contains("% on text"), "{en}");
    assert!(es.contains("Recorrido de la mirada:") && es.contains("\u{202f}% en el texto"), "{es}");
    assert!(en.contains("brasal-01-lunes.jpg") && en.contains("1:1"), "{en}");
}

#[test]
fn drawings_have_names_of_their_own_and_leave_the_pictures_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (ads, seen) = (folder.path().join("ads"), folder.path().join("new/seen"));
    for place in ["a", "b"] {
        std::fs::create_dir_all(ads.join(place)).unwrap();
        std::fs::copy(corpus("pictures/gray.jpg"), ads.join(place).join("hero #1.jpg")).unwrap();
    }
    std::fs::copy(demo().join("images/zankia-04-trade-in.png"), ads.join("wide.png")).unwrap();
    std::fs::write(ads.join("bad.jpg"), b"no picture").unwrap();
    let before = std::fs::read(ads.join("wide.png")).unwrap();
    let output = run(gancho().arg("see").arg(&ads).arg("--overlays").arg(&seen));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let mut names: Vec<_> =
        std::fs::read_dir(&seen).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["hero--1.jpg-2.sight.png", "hero--1.jpg.sight.png", "wide.png.sight.png"]);
    for name in names {
        let bytes = std::fs::read(seen.join(name)).unwrap();
        assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
        // Width and height stand at a fixed place of every PNG.
        let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        assert!(side(16).max(side(20)) <= 1080);
    }
    // Drawn into their own folder, the pictures stay what they were.
    let output = run(gancho().arg("see").arg(&ads).arg("--overlays").arg(&ads));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(std::fs::read(ads.join("wide.png")).unwrap() == before);
    assert!(ads.join("wide.png.sight.png").exists());
}

#[test]
fn a_folder_that_cannot_be_made_is_status_5() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let seen = folder.path().join("file/seen");
    let output = run(gancho().arg("see").arg(corpus("pictures/gray.jpg")).arg("--overlays").arg(&seen));
    assert_eq!(status(&output), 5);
    assert!(stderr(&output).contains("--overlays"), "{}", stderr(&output));
}

#[test]
fn nothing_to_see_is_status_3() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(gancho().arg("see").arg(folder.path()));
    assert_eq!((status(&output), stdout(&output)), (3, String::new()));
}
