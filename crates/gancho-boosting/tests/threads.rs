//! A model is the same to the last bit on any number of threads, and every time.
#![allow(clippy::unwrap_used)]

mod table;

use gancho_boosting::{Binned, Booster, Columns, Loss, Settings, Stopping, Target};
use table::{LOSSES, groups, number, settings, values};

/// Wide and long enough that the work is shared out.
fn wide(rows: usize) -> Columns {
    let column = |column: usize| (0..rows).map(|row| number(row, column) as f32).collect();
    Columns::new((0..41).map(column).collect()).unwrap()
}

fn file(loss: Loss, threads: usize) -> String {
    let rows = 6000;
    let (value, group) = (values(loss, rows), groups(rows));
    let (train, held_out): (Vec<u32>, Vec<u32>) =
        table::all(rows).iter().partition(|it| group[**it as usize] % 5 != 0);
    let settings = Settings { rounds: 12, row_share: 0.9, column_share: 0.8, ..settings(loss) };
    let target = Target { group: Some(&group), ..Target::of(&value) };
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| {
        let columns = wide(rows);
        let binned = Binned::of(&columns, 255, Some(&train)).unwrap();
        let stop = Some(Stopping { rows: &held_out, patience: 50 });
        let booster = Booster::fit(&binned, &target, &train, &settings, stop).unwrap();
        let margins: Vec<u64> = booster.margins(&columns).iter().map(|it| it.to_bits()).collect();
        format!("{}{margins:?}", booster.to_json().unwrap())
    })
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    for loss in LOSSES {
        let one = file(loss, 1);
        assert!(one.len() > 10_000);
        for threads in [1, 2, 4] {
            assert!(file(loss, threads) == one, "{loss:?} differs on {threads} threads");
        }
    }
}
