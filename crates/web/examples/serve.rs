//! The real pages over a data folder, on a day of one's choice: `cargo run -p dixian-web --example serve -- FOLDER 2021-09-17`,
//! run at the root of the workspace, then open 127.0.0.1:8091. For looking while designing; the product's door is `dixian serve`.

mod opened;

#[tokio::main]
async fn main() -> Result<(), opened::Failure> {
    let app = opened::from_arguments().await?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8091").await?;
    web::serve(app, listener, std::future::pending()).await?;
    Ok(())
}
