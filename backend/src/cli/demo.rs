//! `golub demo`: a company to look at, and how to sign in to it.

use crate::app::App;
use crate::demo::{self, DemoError, DemoSignIns, SignIn};

/// Fills the company in, unless it is there already, and prints one sign-in per role.
pub async fn run(app: &App) -> anyhow::Result<()> {
    let sign_ins = match demo::fill(app).await {
        Ok(sign_ins) => {
            println!("The demo company is filled in.");
            sign_ins
        }
        // A second start with the demo shows the way in once more.
        Err(DemoError::AlreadyThere) => {
            println!("The demo company is there already.");
            demo::sign_ins()
        }
        Err(refused) => return Err(refused.into()),
    };
    print(&sign_ins);
    Ok(())
}

fn print(DemoSignIns(sign_ins): &DemoSignIns) {
    println!("Sign in as:");
    for SignIn {
        role,
        email,
        password,
    } in sign_ins
    {
        println!("  {:<16} {email:<24} {password}", role.word());
    }
}
