//! `depeche serve`: the reading room.

use std::fs;

use anyhow::{Context, anyhow};
use depeche_interface::Interface;
use depeche_pipeline::store::Dossier;
use depeche_web::{Password, RoomError, Server, Settings};

use crate::arguments::{Fetch, Serve};
use crate::dossier::{fault, now};
use crate::output;
use crate::run::{Outcome, network};

/// Serves until the process is told to stop.
pub fn execute(arguments: &Serve) -> anyhow::Result<Outcome> {
    let interface = Interface::new(arguments.ui);
    let password = arguments.password_file.as_ref().map(|path| {
        let name = path.display().to_string();
        let text = fs::read_to_string(path)
            .with_context(|| interface.tell("serve-password", &[("path", name.as_str().into())]))?;
        Password::of_file(&text).with_context(|| name)
    });
    let path = &arguments.file.dossier;
    // Reports can be brought into a dossier that is not there yet.
    if !arguments.read_only && matches!(path.try_exists(), Ok(false)) {
        drop(Dossier::make(path).map_err(|error| fault(path, &error, &interface))?);
        output::tell(&interface.tell("serve-new", &[("path", path.display().to_string().into())]));
    }
    let may_fetch = match arguments.fetch {
        Some(chosen) => chosen == Fetch::On,
        None => arguments.listen.ip().is_loopback() && arguments.password_file.is_none(),
    };
    let settings = Settings {
        dossier: arguments.file.dossier.clone(),
        listen: arguments.listen,
        hosts: arguments.host.clone(),
        language: arguments.ui,
        read_only: arguments.read_only,
        fetch: may_fetch.then(|| network(&arguments.network)),
        secure: arguments.behind_tls,
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
