//! Past runs written straight into the ledger, for tests of what is read from it.

use chrono::{DateTime, Utc};
use contract::delivery::{DeliveryState, Outcome, Trigger};
use contract::messages::Format;
use golub::accounts::entity as user;
use golub::database::search::{self, Kind};
use golub::delivery::entity::attempt::{self, OutcomeNumber};
use golub::delivery::entity::delivery::{self, State};
use golub::delivery::entity::run::{self, RunStateWord};
use golub::delivery::ledger::attempts;
use golub::delivery::ledger::counts::Deltas;
use golub::delivery::ledger::sums;
use golub::mailings::entity::OnUnknownWord;
use golub::recipients::entity as recipient;
use golub::recipients::suppression::{self, Refusal};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};

use super::{Client, TestApp};

/// A run that is in the ledger.
#[derive(Clone, Copy, Debug)]
pub struct PastRun {
    pub id: i64,
    pub mailing_id: i64,
    pub owner_id: i64,
}

/// One try: how it ended, and the server's code and words.
pub type Try<'a> = (Outcome, u16, &'a str);

impl TestApp {
    /// A finished run of a mailing, which need not be there any more.
    pub async fn past_run(
        &self,
        owner: &Client,
        mailing_id: i64,
        title: &str,
        subject: &str,
    ) -> PastRun {
        let now = self.app.clock.now();
        let tx = self.app.database.write().await.unwrap();
        let run = run::ActiveModel {
            mailing_id: Set(mailing_id),
            owner_id: Set(owner.id),
            planned_for: Set(now),
            asked_by: Set(Trigger::Schedule.into()),
            state: Set(RunStateWord::Finished),
            title: Set(title.to_owned()),
            subject: Set(subject.to_owned()),
            body: Set("Hello".to_owned()),
            format: Set(Format::Text.into()),
            mail_from: Set("Golub <golub@post.example>".to_owned()),
            on_unknown: Set(OnUnknownWord::Resend),
            recipient_through: Set(0),
            planned_through: Set(0),
            audience: Set(Some(0)),
            started_at: Set(now),
            finished_at: Set(Some(now)),
            ..Default::default()
        };
        let run = run.insert(&tx).await.unwrap();
        sums::add_run(&tx, &run).await.unwrap();
        tx.commit().await.unwrap();
        PastRun {
            id: run.id,
            mailing_id,
            owner_id: owner.id,
        }
    }

    /// A delivery of a past run to somebody (an id, an address and a name), with its tries.
    pub async fn delivery(
        &self,
        run: PastRun,
        (recipient_id, email, full_name): (i64, &str, &str),
        state: DeliveryState,
        tries: &[Try<'_>],
    ) -> i64 {
        let now = self.app.clock.now();
        let tx = self.app.database.write().await.unwrap();
        let last = tries.last();
        let delivery = delivery::ActiveModel {
            run_id: Set(run.id),
            mailing_id: Set(run.mailing_id),
            owner_id: Set(run.owner_id),
            recipient_id: Set(recipient_id),
            email: Set(email.to_owned()),
            full_name: Set(full_name.to_owned()),
            state: Set(State::from(state)),
            due_at: Set(now),
            attempts: Set(tries.len() as i64),
            possible_copies: Set(0),
            smtp_code: Set(last.map(|(_, code, _)| *code as i16)),
            response: Set(last.map(|(_, _, said)| (*said).to_owned())),
            updated_at: Set(now),
            ..Default::default()
        };
        let delivery = delivery.insert(&tx).await.unwrap();
        let mut deltas = Deltas::default();
        for (number, (outcome, code, said)) in tries.iter().enumerate() {
            let attempt = attempt::ActiveModel {
                delivery_id: Set(delivery.id),
                run_id: Set(run.id),
                mailing_id: Set(run.mailing_id),
                owner_id: Set(run.owner_id),
                number: Set(number as i64 + 1),
                at: Set(now),
                outcome: Set(OutcomeNumber::from(*outcome)),
                smtp_code: Set(Some(*code as i16)),
                response: Set((*said).to_owned()),
                milliseconds: Set(12),
                email: Set(email.to_owned()),
                full_name: Set(full_name.to_owned()),
                ..Default::default()
            };
            attempts::add(&tx, vec![attempt], &mut deltas)
                .await
                .unwrap();
        }
        // The recipient may not be there, or have another address now.
        search::add(&tx, Kind::FormerAddress, run.owner_id, recipient_id, email)
            .await
            .unwrap();
        deltas.add(run.id, delivery.state, 1);
        deltas.write(&tx, 0).await.unwrap();
        tx.commit().await.unwrap();
        delivery.id
    }

    /// Suppresses a recipient, as a refusal of the address does.
    pub async fn suppress(&self, recipient_id: i64) {
        let tx = self.app.database.write().await.unwrap();
        let recipient = recipient::Entity::find_by_id(recipient_id).one(&tx).await;
        let refusal = Refusal {
            recipient_id,
            delivery_id: 7,
            email: recipient.unwrap().unwrap().email,
            code: Some(550),
            response: "5.1.1 No such user".to_owned(),
        };
        let refused = suppression::suppress(&tx, &[refusal], self.now()).await;
        refused.unwrap();
        tx.commit().await.unwrap();
    }

    /// The run's letters stand as `unknown`, as if all their answers had been lost.
    pub async fn run_of_unknown(&self, run_id: i64) {
        let tx = self.app.database.write().await.unwrap();
        let unknown = delivery::Entity::update_many()
            .col_expr(delivery::Column::State, Expr::value(State::Unknown))
            .filter(delivery::Column::RunId.eq(run_id))
            .exec(&tx)
            .await
            .unwrap();
        let mut deltas = Deltas::default();
        let rows = unknown.rows_affected as i64;
        deltas.moved(run_id, State::Sent, State::Unknown, rows);
        deltas.write(&tx, 0).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Unsubscribes a recipient, as the link in a letter does.
    pub async fn unsubscribe(&self, recipient_id: i64) {
        let tx = self.app.database.write().await.unwrap();
        let recipient = recipient::ActiveModel {
            id: Set(recipient_id),
            unsubscribed_at: Set(Some(self.now())),
            ..Default::default()
        };
        recipient.update(&tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Takes an account away, as nothing in the API does yet.
    pub async fn forget_person(&self, person: &Client) {
        let tx = self.app.database.write().await.unwrap();
        user::Entity::delete_by_id(person.id)
            .exec(&tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }
}
