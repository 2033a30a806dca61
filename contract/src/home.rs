//! Home: what everybody may know about the service before they sign in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::blog::ArticleCard;

/// How many articles home shows at most.
pub const ARTICLES_SHOWN: usize = 3;

/// Figures of the whole service, and something to read. Both may be a minute old.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, ToSchema)]
pub struct HomeView {
    /// All mailings that there are.
    #[schema(example = 1284)]
    pub mailings: u64,
    /// Those that are running now.
    #[schema(example = 97)]
    pub running: u64,
    /// Different addresses among all recipients.
    #[schema(example = 218430)]
    pub unique_recipients: u64,
    /// Published articles, at most three, chosen at random.
    pub articles: Vec<ArticleCard>,
}
