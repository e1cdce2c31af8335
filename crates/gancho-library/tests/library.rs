//! Folders, globs, links, sidecars, figures and comments, on folders made for each test.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use gancho_library::{FaultKind, Library, LibraryError, NoteKind, Options, Role, SkipReason};
use tempfile::TempDir;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn open(path: &Path) -> Library {
    open_with(&[path], &Options::default())
}

fn open_with(paths: &[&Path], options: &Options) -> Library {
    let inputs: Vec<String> = paths.iter().map(|it| it.to_string_lossy().into_owned()).collect();
    Library::open(&inputs, options).unwrap()
}

fn ids(library: &Library) -> Vec<&str> {
    library.creatives.iter().map(|it| it.id.as_str()).collect()
}

#[test]
fn a_folder_gives_its_pictures_sorted_and_says_what_it_skipped() {
    let home = folder(&[
        ("b.PNG", ""),
        ("a/2.jpg", ""),
        ("a/10.webp", ""),
        ("old.heic", ""),
        (".hidden/x.jpg", ""),
        (".x.jpg", ""),
        ("notes.docx", ""),
        ("a/table.csv", "id\n"),
    ]);
    let library = open(home.path());
    assert_eq!(ids(&library), ["a/10.webp", "a/2.jpg", "b.PNG", "old.heic"]);
    let skipped: Vec<_> = library.skipped.iter().map(|it| (it.file.as_str(), it.reason)).collect();
    assert_eq!(skipped, [("a/table.csv", SkipReason::UnknownKind), ("notes.docx", SkipReason::UnknownKind)]);
    assert!(library.faults.is_empty());
    assert!(library.creatives[0].picture.as_ref().unwrap().is_absolute());
}

#[test]
fn a_folder_brings_its_manifest_figures_comments_and_settings() {
    let home = folder(&[
        ("creatives.csv", "id,image,headline\nhero,pictures/hero.jpg,Hola\n"),
        ("manifest.csv", "id,image\nm,pictures/hero.jpg\n"),
        ("pictures/hero.jpg", ""),
        ("pictures/loose.jpg", ""),
        (
            "performance.csv",
            "creative,impressions,clicks\nhero,100,3\nloose.jpg,50,1\nhero,200,4\nghost,9,1\n",
        ),
        (
            "comments.csv",
            "creatividad,texto,autor,me gusta\nhero,¡Qué bonito!,Ana,1.200\nghost,hola,,\nhero,,,\n",
        ),
        ("gancho.toml", "currency = \"EUR\"\n"),
    ]);
    fs::remove_file(home.path().join("manifest.csv")).unwrap();
    let library = open(home.path());
    assert_eq!(ids(&library), ["hero", "pictures/loose.jpg"]);
    assert_eq!(library.config.currency.as_deref(), Some("EUR"));
    let roles: Vec<_> = library.picked_up.iter().map(|it| (it.file.as_str(), it.role)).collect();
    for expected in [
        ("creatives.csv", Role::Manifest),
        ("performance.csv", Role::Performance),
        ("comments.csv", Role::Comments),
        ("gancho.toml", Role::Config),
    ] {
        assert!(roles.contains(&expected), "{roles:?}");
    }
    let hero = library.creatives[0].performance.clone().unwrap();
    assert_eq!((hero.impressions, hero.clicks, hero.rows, hero.spend), (Some(300), Some(7), 2, None));
    assert_eq!(library.creatives[1].performance.clone().unwrap().clicks, Some(1));
    let joined = &library.performance_files[0];
    assert_eq!((joined.rows, joined.matched, joined.unmatched["ghost"]), (4, 3, 1));
    assert_eq!((library.creatives[0].comments, library.comments.len()), (1, 2));
    assert_eq!(library.comments[0].likes, Some(1200));
    assert_eq!(library.comments[0].creative_id.as_deref(), Some("hero"));
    assert_eq!(library.comments[1].creative_id, None);
    assert_eq!(library.faults.len(), 1);
    assert_eq!((library.faults[0].line, &library.faults[0].kind), (Some(4), &FaultKind::EmptyComment));
}

#[test]
fn one_manifest_per_folder_and_the_others_are_named() {
    let home = folder(&[
        ("creatives.csv", "id,headline\nc,C\n"),
        ("manifest.jsonl", "{\"id\":\"m\",\"headline\":\"M\"}\n"),
        ("library.csv", "id,headline\nl,L\n"),
    ]);
    let library = open(home.path());
    assert_eq!(ids(&library), ["l"]);
    let skipped: Vec<_> = library.skipped.iter().map(|it| it.file.as_str()).collect();
    assert_eq!(skipped, ["creatives.csv", "manifest.jsonl"]);
    assert!(library.skipped.iter().all(|it| it.reason == SkipReason::OtherManifest));
}

#[test]
fn sidecars_fill_what_the_manifest_leaves_open() {
    let home = folder(&[
        ("m.csv", "image,headline\nhero.jpg,From the manifest\n"),
        ("hero.jpg", ""),
        ("hero.txt", "From the text\n\nPrimary of the text\n"),
        ("hero.json", "{\"descripción\":\"Described\"}"),
        ("plain.png", ""),
        ("plain.txt", "Only headline"),
    ]);
    let library = open_with(&[&home.path().join("m.csv"), home.path()], &Options::default());
    assert_eq!(ids(&library), ["hero.jpg", "plain.png"]);
    let copy = &library.creatives[0].copy;
    assert_eq!(copy.headline.as_deref(), Some("From the manifest"));
    assert_eq!(copy.primary_text.as_deref(), Some("Primary of the text"));
    assert_eq!(copy.description.as_deref(), Some("Described"));
    assert_eq!(library.creatives[1].copy.headline.as_deref(), Some("Only headline"));
    // The manifest was named as an input, so the folder does not call it passed over.
    assert_eq!(library.skipped, []);
}

#[test]
fn globs_are_expanded_like_a_shell_does() {
    let home =
        folder(&[("a/x.jpg", ""), ("a/y.png", ""), ("b/x.jpg", ""), (".c/x.jpg", ""), ("b/deep/z.jpg", "")]);
    let glob = |pattern: &str| {
        let input = format!("{}/{pattern}", home.path().to_string_lossy());
        Library::open(&[input], &Options::default())
            .map(|it| ids(&it).iter().map(|it| it.to_string()).collect::<Vec<String>>())
    };
    let names = |it: &[&str]| -> Result<Vec<String>, LibraryError> {
        Ok(it.iter().map(|it| it.to_string()).collect())
    };
    assert_eq!(glob("*/x.jpg"), names(&["a/x.jpg", "b/x.jpg"]));
    assert_eq!(glob("**/*.{jpg,png}"), names(&["a/x.jpg", "a/y.png", "b/deep/z.jpg", "b/x.jpg"]));
    assert_eq!(glob("b*"), names(&["deep/z.jpg", "x.jpg"]));
    assert!(matches!(glob("*.gif"), Err(LibraryError::NoSuchInput { .. })));
    assert!(matches!(glob("a/[.jpg"), Err(LibraryError::NoSuchInput { .. })));
}

#[test]
fn inputs_mix_and_order_does_not_matter() {
    let home = folder(&[("a/x.jpg", ""), ("b/m.csv", "id,image\nx,../a/x.jpg\n"), ("b/y.jpg", "")]);
    let at = |name: &str| home.path().join(name);
    let (a, m, y) = (at("a"), at("b/m.csv"), at("b/y.jpg"));
    let first = open_with(&[&a, &m, &y], &Options::default());
    assert_eq!(ids(&first), ["b/y.jpg", "x"]);
    assert_eq!(first.creatives[1].path, "a/x.jpg");
    assert_eq!(open_with(&[&y, &m, &a, &y], &Options::default()).creatives, first.creatives);
    // Alone, the manifest may not reach its neighbor.
    let alone = Library::open(&[m.to_string_lossy().into_owned()], &Options::default());
    match alone {
        Err(LibraryError::NoUsableRow { faults, .. }) => {
            assert_eq!(faults[0].kind, FaultKind::PathOutside { path: "../a/x.jpg".into() });
        }
        other => panic!("{other:?}"),
    }
    let allowed = open_with(&[&m], &Options { allow_outside: true, ..Options::default() });
    assert_eq!((ids(&allowed), allowed.faults.len()), (vec!["x"], 0));
}

#[test]
fn rows_without_id_that_share_a_picture_stay_apart() {
    let home = folder(&[("m.csv", "image,headline\nx.jpg,One\nx.jpg,Two\n,Three\n"), ("x.jpg", "")]);
    let library = open(&home.path().join("m.csv"));
    assert_eq!(ids(&library), ["m.csv#3", "x.jpg", "x.jpg#2"]);
    assert!(library.faults.is_empty());
}

#[cfg(unix)]
#[test]
fn links_are_named_survived_and_never_lead_outside() {
    use std::os::unix::fs::symlink;
    let home =
        folder(&[("in/x.jpg", ""), ("out/secret.jpg", ""), ("in/m.csv", "id,image\ns,s.jpg\nl,l.jpg\n")]);
    let inside = home.path().join("in");
    symlink(&inside, inside.join("loop")).unwrap();
    symlink(home.path().join("out/secret.jpg"), inside.join("s.jpg")).unwrap();
    symlink("x.jpg", inside.join("l.jpg")).unwrap();

    let library = open(&inside);
    assert_eq!(ids(&library), ["x.jpg"]);
    let links = library.skipped.iter().filter(|it| it.reason == SkipReason::Link).count();
    assert_eq!(links, 3);

    let followed = open_with(&[&inside], &Options { follow_links: true, ..Options::default() });
    assert_eq!(ids(&followed), ["x.jpg"]);
    let kinds: Vec<_> = followed.faults.iter().map(|it| (it.file.as_str(), &it.kind)).collect();
    let outside = FaultKind::PathOutside { path: "s.jpg".into() };
    assert_eq!(kinds, [("loop", &FaultKind::LinkLoop), ("s.jpg", &outside)]);

    let manifest = open(&inside.join("m.csv"));
    assert_eq!((ids(&manifest), manifest.creatives[0].path.as_str()), (vec!["l"], "x.jpg"));
    assert_eq!(manifest.faults[0].kind, outside);
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_a_fault() {
    use std::os::unix::fs::PermissionsExt;
    let home = folder(&[("x.jpg", ""), ("locked/y.jpg", "")]);
    let locked = home.path().join("locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o0)).unwrap();
    let is_superuser = fs::read_dir(&locked).is_ok();
    let library = open(home.path());
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
    if is_superuser {
        return; // Permissions do not bind this user.
    }
    assert_eq!(ids(&library), ["x.jpg"]);
    assert_eq!(library.faults[0].file, "locked");
    assert_eq!(library.faults[0].kind, FaultKind::FolderUnreadable { detail: "permission denied".into() });
}

#[test]
fn depth_size_and_rows_are_limited() {
    let home = folder(&[("1/2/3/x.jpg", ""), ("y.jpg", ""), ("m.csv", "id,headline\na,A\nb,B\nc,C\n")]);
    let shallow = open_with(&[home.path()], &Options { max_depth: 2, ..Options::default() });
    assert_eq!(ids(&shallow), ["y.jpg"]);
    assert_eq!(
        (shallow.faults[0].file.as_str(), &shallow.faults[0].kind),
        ("1/2", &FaultKind::FolderTooDeep { limit: 2 })
    );
    let manifest = home.path().join("m.csv");
    let few = open_with(&[&manifest], &Options { max_rows: 2, ..Options::default() });
    assert_eq!((ids(&few), &few.faults[0].kind), (vec!["a", "b"], &FaultKind::TooManyRows { limit: 2 }));
    let inputs = [manifest.to_string_lossy().into_owned()];
    let error = Library::open(&inputs, &Options { max_table_bytes: 10, ..Options::default() });
    assert!(
        matches!(error, Err(LibraryError::ManifestUnusable { reason, .. }) if reason == "file-too-large")
    );
}

#[test]
fn nothing_to_use_is_an_error_and_one_good_input_is_enough() {
    let home = folder(&[("x.jpg", ""), ("empty/readme.md", "")]);
    let path = |name: &str| home.path().join(name).to_string_lossy().into_owned();
    assert_eq!(Library::open(&[], &Options::default()), Err(LibraryError::NoInput));
    let error = Library::open(&[path("none.jpg")], &Options::default()).unwrap_err();
    assert!(error.to_string().contains("none.jpg"), "{error}");
    assert_eq!(error.faults()[0].kind, FaultKind::NoSuchInput);
    let error = Library::open(&[path("empty")], &Options::default());
    assert!(matches!(error, Err(LibraryError::Empty { .. })));
    let library = Library::open(&[path("none.jpg"), path("x.jpg")], &Options::default()).unwrap();
    assert_eq!((ids(&library), library.faults.len()), (vec!["x.jpg"], 1));
}

#[test]
fn faulty_rows_of_figures_are_left_out_whole() {
    let home = folder(&[
        ("m.csv", "id,headline,impressions,clicks\na,A,9,9\nb,B,7,1\n"),
        ("p.csv", "ad name;impressions;clicks;spend\na;1.000;10;2,5\na;500;900;1\na;x;1;1\na;;5;\n;1;1;1\n"),
    ]);
    let options = Options { performance: vec![home.path().join("p.csv")], ..Options::default() };
    let library = open_with(&[&home.path().join("m.csv")], &options);
    let figures = library.creatives[0].performance.clone().unwrap();
    // Rows 1 and 4 are whole; unknown impressions of row 4 add nothing.
    assert_eq!(
        (figures.impressions, figures.clicks, figures.spend, figures.rows),
        (Some(1000), Some(15), Some(2.5), 2)
    );
    assert_eq!(library.creatives[1].performance.clone().unwrap().impressions, Some(7));
    let joined = &library.performance_files[0];
    assert_eq!((joined.rows, joined.matched, joined.left_out), (5, 2, 3));
    let lines: Vec<_> = library.faults.iter().map(|it| it.line.unwrap()).collect();
    assert_eq!(lines, [3, 4, 6]);
}

#[test]
fn exports_of_platforms_give_figures() {
    let home = folder(&[
        ("m.csv", "id,image,headline\n7001,a.png,A\n,b.png,B\n7003,,C\n"),
        ("a.png", ""),
        ("b.png", ""),
        // A totals row, a correction, dates that nobody can tell, and all clicks beside those of the link.
        (
            "meta.csv",
            "Inicio del informe;Fin del informe;Nombre del anuncio;Identificador del anuncio;Imagen;\
             Importe gastado (EUR);Impresiones;Clics (todos);Clics en el enlace;Resultados\n\
             01/02/2026;02/02/2026;;;;1.010,50;12.010;110;54;3\n\
             01/02/2026;02/02/2026;A;7001;;1.000,50;10.000;90;40;2\n\
             01/02/2026;02/02/2026;A;7001;;-1,00;-10;-2;-1;\n\
             01/02/2026;02/02/2026;B;9;b.png (869866030367680);11,00;2.020;22;15;1\n",
        ),
        (
            "google.csv",
            "Informe\n1 de mayo de 2026\nID de anuncio,Impr.,Clics,Coste\n7003,\"1,500\",30,2.50\nTotal: Cuenta,\"1,500\",30,2.50\n",
        ),
    ]);
    let performance = vec![home.path().join("meta.csv"), home.path().join("google.csv")];
    let library = open_with(&[&home.path().join("m.csv")], &Options { performance, ..Options::default() });
    let figures = |id: &str| {
        let creative = library.creatives.iter().find(|it| it.id == id).unwrap();
        let it = creative.performance.clone().unwrap();
        (it.impressions, it.clicks, it.spend, it.conversions, it.rows)
    };
    assert_eq!(figures("7001"), (Some(9990), Some(39), Some(999.5), Some(2.0), 2));
    assert_eq!(figures("b.png"), (Some(2020), Some(15), Some(11.0), Some(1.0), 1));
    assert_eq!(figures("7003"), (Some(1500), Some(30), Some(2.5), None, 1));
    assert!(library.faults.is_empty(), "{:?}", library.faults);
    let left_out = library.notes.iter().filter(|it| matches!(it.kind, NoteKind::RecordsLeftOut { .. }));
    assert_eq!(left_out.count(), 2);
}

#[test]
fn money_in_two_currencies_is_left_out() {
    let home = folder(&[
        ("m.csv", "id,headline\na,A\n"),
        (
            "p.csv",
            "id,day,impressions,clicks,spend,currency\na,2026-01-01,10,1,2.50,EUR\na,2026-01-02,10,1,2.50,USD\n",
        ),
    ]);
    let options = Options { performance: vec![home.path().join("p.csv")], ..Options::default() };
    let library = open_with(&[&home.path().join("m.csv")], &options);
    let figures = library.creatives[0].performance.clone().unwrap();
    assert_eq!((figures.impressions, figures.spend), (Some(20), None));
    assert_eq!(library.faults[0].kind, FaultKind::MixedCurrency { currencies: "EUR, USD".into() });
}

#[test]
fn dates_are_read_in_the_order_that_the_file_proves() {
    let home = folder(&[("m.csv", "id,headline,inicio,fin\na,A,01/02/2026,28/02/2026\nb,B,5/5/2026,\n")]);
    let library = open(&home.path().join("m.csv"));
    let days: Vec<_> = library.creatives.iter().map(|it| (it.start.as_deref(), it.end.as_deref())).collect();
    assert_eq!(days, [(Some("2026-02-01"), Some("2026-02-28")), (Some("2026-05-05"), None)]);
    assert!(library.faults.is_empty());
}

#[test]
fn a_wrong_settings_file_stops_before_anything_is_read() {
    let home = folder(&[("x.jpg", ""), ("gancho.toml", "[words]\nforbiden = []\n")]);
    let error =
        Library::open(&[home.path().to_string_lossy().into_owned()], &Options::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "gancho.toml:2:1: there is no setting `forbiden`; did you mean `forbidden`?"
    );
}

#[test]
fn many_rows_are_read_in_linear_time_and_order() {
    let rows: String =
        (0..100_000).map(|it| format!("c{it:06},Headline {it},{},{}\n", 1000 + it, it % 7)).collect();
    let home = folder(&[("m.csv", &format!("id,headline,impressions,clicks\n{rows}"))]);
    let library = open(&home.path().join("m.csv"));
    assert_eq!((library.creatives.len(), library.faults.len()), (100_000, 0));
    assert_eq!(library.creatives[99_999].performance.as_ref().unwrap().impressions, Some(100_999));
}
