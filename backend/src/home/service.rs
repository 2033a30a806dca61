//! What home shows: the figures, and three articles chosen anew each minute.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use contract::blog::ArticleCard;
use contract::home::{ARTICLES_SHOWN, HomeView};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};

use super::figures::Figures;
use crate::accounts::tokens::random_bytes;
use crate::app::App;
use crate::blog::answers::{Answer, Made, until};
use crate::blog::entity::heading::Column;
use crate::blog::public;
use crate::database::count;
use crate::problem::ApiError;

const FRESH_FOR: TimeDelta = TimeDelta::seconds(60);

pub async fn home(app: &App) -> Result<Arc<Answer>, ApiError> {
    let now = app.clock.now();
    let made = async {
        let (figures, counted_until) = app.home.figures.get(app).await?;
        let Figures {
            mailings,
            running,
            unique_recipients,
        } = figures;
        let db = app.database.read();
        let view = HomeView {
            mailings,
            running,
            unique_recipients,
            articles: some_articles(db, now).await?,
        };
        let next = public::next_publication(db, now).await?;
        let until = until(now, FRESH_FOR, next).min(counted_until);
        Made::document(&view, 0, until)
    };
    app.home.answers.get("home", now, made).await
}

/// Published articles chosen by chance among all, in the order in which they were chosen.
async fn some_articles(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Vec<ArticleCard>, ApiError> {
    let published = count::exact(db, public::headings(now)).await?;
    let mut chosen: Vec<i64> = Vec::new();
    for place in places(published, random_bytes()?) {
        // Counted off along the index, once a minute.
        let there = public::headings(now)
            .select_only()
            .column(Column::Id)
            .order_by_asc(Column::PublishedAt)
            .order_by_asc(Column::Id)
            .offset(place)
            .limit(1);
        chosen.extend(there.into_tuple::<i64>().one(db).await?);
    }
    // One that has been taken back since then is not shown.
    let articles = public::headings(now)
        .filter(Column::Id.is_in(chosen.iter().copied()))
        .all(db)
        .await?;
    let mut cards = public::cards(db, articles).await?;
    cards.sort_by_key(|card| chosen.iter().position(|id| *id == card.id));
    Ok(cards)
}

/// At most three different places among so many, by these throws of the dice.
fn places(among: u64, throws: [u8; 32]) -> Vec<u64> {
    let throws = throws.chunks_exact(8).take(ARTICLES_SHOWN);
    let mut places: Vec<u64> = Vec::new();
    for (throw, left) in throws.zip((1..=among).rev()) {
        let throw = throw
            .iter()
            .fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        let mut place = throw % left;
        // Counted among those that are left.
        let mut taken = places.clone();
        taken.sort_unstable();
        for taken in taken {
            place += u64::from(place >= taken);
        }
        places.push(place);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_different_places_are_chosen_and_fewer_where_there_are_fewer() {
        assert_eq!(places(0, [7; 32]), Vec::<u64>::new());
        assert_eq!(places(1, [7; 32]), [0]);
        let mut seen = std::collections::BTreeSet::new();
        for throw in 0..=255 {
            let mut places = places(5, [throw; 32]);
            assert_eq!(places.len(), 3);
            seen.extend(places.iter().copied());
            places.sort_unstable();
            places.dedup();
            assert_eq!(places.len(), 3);
        }
        assert_eq!(seen, (0..5).collect());
    }
}
