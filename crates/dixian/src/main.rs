//! The binary `dixian`: reads settings, connects rooms, is the command line.

mod assets;
mod cli;
mod commands;
mod demo;
mod failure;
mod neutral;
mod settings;
mod tell;

use std::process::ExitCode;

use clap::Parser;
use cli::{Cli, Command};
use failure::Failure;
use settings::Settings;
use tell::Tell;

fn main() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("DIXIAN_LOG").unwrap_or_else(|_| "warn,sqlx=error".into()),
        )
        .init();
    let tell = Tell::new(cli.common.json);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a machine that can run threads");
    match runtime.block_on(run(cli, tell)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            tell.say(format!("没有办成：{failure}"));
            failure.exit_code()
        }
    }
}

async fn run(cli: Cli, tell: Tell) -> Result<(), Failure> {
    let settings = Settings::of(&cli.common);
    match cli.command {
        Command::Demo(demo) => demo::run(&settings, &demo, tell).await,
        Command::Serve(serve) => commands::serve::run(&settings, &serve, tell).await,
        Command::Import(import) => commands::import::run(&settings, import, tell).await,
        Command::Policy(policy) => commands::policy::run(&settings, policy, tell).await,
        Command::Pay(pay) => commands::pay::run(&settings, pay, tell).await,
        Command::Audit(cli::Audit::Verify { heads }) => {
            commands::audit::verify(&settings, heads.as_deref(), tell).await
        }
        Command::Doctor => commands::doctor::run(&settings, tell).await,
    }
}
