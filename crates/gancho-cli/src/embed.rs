//! `gancho embed`.

use std::path::PathBuf;

use gancho::{EmbedRequest, Embedded, Engine};
use gancho_report::render;

use crate::args::{EmbedArgs, EmbedFormat};
use crate::console::Console;
use crate::score::stages;
use crate::settings::with_user_cache;
use crate::status::Status;
use crate::{npy, probe};

pub(crate) fn run(args: &EmbedArgs, console: &Console) -> Status {
    if args.format == EmbedFormat::Npy && args.library.output.is_none() {
        return console.misused("cli-npy-needs-output");
    }
    let began = std::time::Instant::now();
    let embedded = match embedded(args, console) {
        Ok(embedded) => embedded,
        Err(error) => return console.fail(&error),
    };
    let output = args.library.output.as_deref();
    let written = match (args.format, output) {
        (EmbedFormat::Npy, Some(path)) => {
            let rows: Vec<&[f32]> = embedded.embeddings.iter().map(|it| it.embedding.as_slice()).collect();
            let vectors = console.write(Some(path), |out| npy::write(&rows, out));
            let names = PathBuf::from(format!("{}.names.txt", path.display()));
            match vectors {
                Status::Done => console.write(Some(&names), |out| {
                    embedded
                        .embeddings
                        .iter()
                        .try_for_each(|it| writeln!(out, "{}", it.path.as_deref().unwrap_or("")))
                }),
                failed => failed,
            }
        }
        _ => console.write(output, |out| render::embeddings(&embedded.embeddings, &embedded.quarantine, out)),
    };
    if written != Status::Done {
        return written;
    }
    for left_out in &embedded.quarantine {
        console.say(&format!("{}: {}", left_out.path, left_out.detail));
    }
    for fault in &embedded.faults {
        console.say(&format!("{}: {}", fault.place(), fault.detail));
    }
    console.detail(&stages(&embedded.timings, began.elapsed().as_secs_f64()));
    let flawed = !embedded.quarantine.is_empty() || !embedded.faults.is_empty();
    if args.library.strict && flawed { Status::Findings } else { Status::Done }
}

fn embedded(args: &EmbedArgs, console: &Console) -> Result<Embedded, gancho::Error> {
    let mut engine =
        Engine::open(&with_user_cache(args.machine.settings(args.limits.limits())), &probe::in_child)?;
    let request = EmbedRequest {
        inputs: args.library.inputs.clone(),
        config: None,
        allow_outside: args.library.allow_outside,
        locale: console.messages.locale(),
    };
    engine.embed(&request, &console.progress("progress-evidence"))
}
