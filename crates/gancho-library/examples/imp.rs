fn main() {
    let path = std::env::args().nth(1).unwrap();
    let t = std::time::Instant::now();
    let mapping = std::env::args()
        .nth(2)
        .map(|it| gancho_library::exports::Mapping::read(it.as_ref()).unwrap())
        .unwrap_or_default();
    let r = gancho_library::exports::import(path.as_ref(), &mapping, &Default::default());
    match r {
        Ok(it) => {
            println!(
                "{} rows, {} skipped in {:?}; {:?}\n{:?}",
                it.rows.len(),
                it.skipped.len(),
                t.elapsed(),
                it.warnings,
                it.format
            );
            for r in it.rows.iter().take(3) {
                println!("{}", serde_json::to_string(r).unwrap());
            }
            println!("{:?}", &it.skipped[..it.skipped.len().min(8)]);
        }
        Err(e) => println!("{e}"),
    }
}
