//! Letters that an address asks for itself, without being signed in.

use contract::accounts::Language;
use contract::accounts::sign_up::KnownBy;
use contract::problem::FieldErrors;

use crate::accounts::limits::{LetterLimits, network};
use crate::address::Keyed;
use crate::app::App;
use crate::http::client::Client;
use crate::limits::take;
use crate::notices::{self, Addressee, Notice};
use crate::problem::ApiError;

/// Queues a letter that is looked up when it is sent. Nothing is looked up here: whether there is an account shows
/// neither in the answer nor in the time it takes, for there is nothing that could differ.
pub async fn ask(
    app: &App,
    known_by: KnownBy,
    client: &Client,
    limits: LetterLimits,
    notice: &Notice,
) -> Result<(), ApiError> {
    let KnownBy { email } = known_by;
    let Keyed { address, key } =
        Keyed::parse(&email).map_err(|error| FieldErrors::one("email", error))?;
    let network = network(&client.address);
    take(app, &[(limits.client, &network), (limits.address, &key)]).await?;
    let to = Addressee {
        user_id: None,
        address: address.as_str().to_owned(),
        // The worker, which finds the account, finds its language too.
        language: Language::default(),
    };
    let tx = app.database.write().await?;
    notices::tell(&tx, to, notice, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}
