//! `depeche serve`: the reading room.

use std::fs;

use anyhow::{Context, anyhow};
use depeche_interface::Interface;
use depeche_web::{Password, RoomError, Server, Settings};

use crate::arguments::Serve;
use crate::dossier::{fault, now};
use crate::output;
use crate::run::Outcome;

/// Serves until the process is told to stop.
pub fn execute(arguments: &Serve) -> anyhow::Result<Outcome> {
    let interface = Interface::new(arguments.ui);
    let password = arguments.password_file.as_ref().map(|path| {
        let name = path.display().to_string();
        let text = fs::read_to_string(path)
            .with_context(|| interface.tell("serve-password", &[("path", name.as_str().into())]))?;
        Password::of_file(&text).with_context(|| name)
    });
    let settings = Settings {
        dossier: arguments.file.dossier.clone(),
        listen: arguments.listen,
        hosts: arguments.host.clone(),
        language: arguments.ui,
        read_only: arguments.read_only,
        password: password.transpose()?,
        clock: now,
    };
    let server = Server::open(settings).map_err(|error| match error {
        RoomError::Store { error, .. } => fault(&arguments.file.dossier, &error, &interface),
        other => anyhow!(other),
    })?;
    let address = format!("http://{}/", server.address()?);
    output::tell(&interface.tell("serve-at", &[("address", address.into())]));
    server.serve()?;
    Ok(Outcome::Found)
}
