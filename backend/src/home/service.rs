//! What home shows: the figures, and three articles chosen anew each minute.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use contract::blog::ArticleCard;
use contract::home::{ARTICLES_SHOWN, HomeView};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::figures::Figures;
use crate::accounts::tokens::random_bytes;
use crate::app::App;
use crate::blog::answers::{Answer, Made, until};
use crate::blog::entity::heading::{Column, Entity};
use crate::blog::public;
use crate::problem::ApiError;

const FRESH_FOR: TimeDelta = TimeDelta::seconds(60);
/// It is chosen among the latest so many.
const CHOSEN_AMONG: u64 = 1_000;

pub async fn home(app: &App) -> Result<Arc<Answer>, ApiError> {
    let now = app.clock.now();
    let made = async {
        let Figures {
            mailings,
            running,
            unique_recipients,
        } = app.home.figures.get(app).await?;
        let db = app.database.read();
        let view = HomeView {
            mailings,
            running,
            unique_recipients,
            articles: some_articles(db, now).await?,
        };
        let next = public::next_publication(db, now).await?;
        Made::document(&view, 0, until(now, FRESH_FOR, next))
    };
    app.home.answers.get("home", now, made).await
}

/// Published articles chosen by chance, in the order in which they were chosen.
async fn some_articles(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Vec<ArticleCard>, ApiError> {
    let ids: Vec<i64> = public::headings(now)
        .select_only()
        .column(Column::Id)
        .order_by_desc(Column::PublishedAt)
        .order_by_desc(Column::Id)
        .limit(CHOSEN_AMONG)
        .into_tuple()
        .all(db)
        .await?;
    let chosen = chosen(ids, random_bytes()?);
    let articles = Entity::find()
        .filter(Column::Id.is_in(chosen.iter().copied()))
        .all(db)
        .await?;
    let mut cards = public::cards(db, articles).await?;
    cards.sort_by_key(|card| chosen.iter().position(|id| *id == card.id));
    Ok(cards)
}

/// At most three of these, by these throws of the dice.
fn chosen(mut ids: Vec<i64>, throws: [u8; 32]) -> Vec<i64> {
    let mut chosen = Vec::new();
    let throws = throws.chunks_exact(8).take(ARTICLES_SHOWN);
    for throw in throws {
        if ids.is_empty() {
            break;
        }
        let throw = throw
            .iter()
            .fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        let at = throw % ids.len() as u64;
        chosen.push(ids.swap_remove(at as usize));
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_different_ones_are_chosen_and_fewer_where_there_are_fewer() {
        assert_eq!(chosen(vec![], [7; 32]), Vec::<i64>::new());
        assert_eq!(chosen(vec![5], [7; 32]), [5]);
        let mut seen = std::collections::BTreeSet::new();
        for throw in 0..=255 {
            let mut chosen = chosen((1..=5).collect(), [throw; 32]);
            assert_eq!(chosen.len(), 3);
            seen.extend(chosen.iter().copied());
            chosen.sort_unstable();
            chosen.dedup();
            assert_eq!(chosen.len(), 3);
        }
        assert_eq!(seen.len(), 5);
    }
}
