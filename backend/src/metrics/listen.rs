//! A small server for a process that has no API of its own: `/metrics` and `/health`, nothing else.

use std::io;
use std::net::TcpListener;

use actix_web::HttpServer;
use actix_web::web::Data;
use tokio_util::sync::CancellationToken;
use utoipa_actix_web::AppExt as _;

use super::routes;
use crate::app::App;
use crate::http::health;

/// Answers on this socket until `stop`.
pub async fn listen(listener: TcpListener, app: App, stop: CancellationToken) -> io::Result<()> {
    let server = HttpServer::new(move || {
        let (service, _) = actix_web::App::new()
            .into_utoipa_app()
            .configure(health::routes)
            .split_for_parts();
        service
            .app_data(Data::new(app.clone()))
            .configure(routes::routes)
    })
    .workers(1)
    .disable_signals()
    .listen(listener)?
    .run();
    let handle = server.handle();
    let (served, ()) = tokio::join!(server, async {
        stop.cancelled().await;
        handle.stop(true).await;
    });
    served
}
