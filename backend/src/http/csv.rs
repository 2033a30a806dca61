//! Tables as CSV: a list as a file for a spreadsheet, written out as it is read.
//!
//! One asks for it by `Accept: text/csv` or `format=csv`. A cell that a spreadsheet would take for a formula gets an
//! apostrophe before it: names and servers' words are anybody's to choose. However long the list is, a page of it is
//! in memory at a time.

mod cells;

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_DISPOSITION, VARY};
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use contract::listing::Page;
use futures_util::stream::unfold;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub use self::cells::{Cells, Separator};
use super::reply::{self, Reply};
use crate::database::keyset::ListQuery;
use crate::problem::ApiError;

/// Spreadsheets take a file without it for one in their own old encoding.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Nobody changes by hand what is tabled: the digest alone tells one reading from the next.
const UNVERSIONED: i64 = 0;

/// A row of a table.
pub trait Row {
    /// The names of the columns: those of the fields in JSON.
    const HEAD: &'static [&'static str];

    fn write(&self, cells: &mut Cells);
}

/// In which form a table is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableForm {
    Json,
    Csv(Separator),
}

/// The same, as it stands in the query.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FormatQuery {
    /// `csv` is the same as `Accept: text/csv`: the whole list, from `after` on, as a file.
    pub format: Option<TableFormat>,
    /// What stands between the cells of a CSV file: some spreadsheets expect a semicolon. A comma if not given.
    pub separator: Option<Separator>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableFormat {
    Json,
    Csv,
}

impl FromRequest for TableForm {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let query = web::Query::<FormatQuery>::from_query(request.query_string());
        ready(
            query
                .map(|query| Self::asked(query.into_inner(), request))
                .map_err(|error| ApiError::Unreadable(error.to_string())),
        )
    }
}

impl TableForm {
    fn asked(FormatQuery { format, separator }: FormatQuery, request: &HttpRequest) -> Self {
        let accepted = request.headers().get(ACCEPT);
        let accepted = accepted.and_then(|accept| accept.to_str().ok());
        let wants_csv = match format {
            Some(format) => format == TableFormat::Csv,
            None => accepted.is_some_and(prefers_csv),
        };
        match wants_csv {
            true => Self::Csv(separator.unwrap_or_default()),
            false => Self::Json,
        }
    }
}

/// Is CSV wanted more than JSON?
fn prefers_csv(accept: &str) -> bool {
    let weight = |wanted: &str| {
        accept
            .split(',')
            .filter_map(|range| {
                let mut parts = range.split(';').map(str::trim);
                let is_it = parts.next()?.eq_ignore_ascii_case(wanted);
                let weight = parts.find_map(|part| part.strip_prefix("q="));
                is_it.then(|| weight.map_or(Some(1.0), |weight| weight.parse().ok()))?
            })
            .fold(0.0_f32, f32::max)
    };
    weight("text/csv") > weight("application/json")
}

/// 200 with one page of a list, or with all of it as a file of this name.
pub async fn list<T: Row + Serialize + 'static>(
    form: TableForm,
    name: &str,
    now: DateTime<Utc>,
    query: ListQuery,
    page: impl AsyncFn(&ListQuery) -> Result<Page<T>, ApiError> + 'static,
) -> Reply {
    let TableForm::Csv(separator) = form else {
        let document = page(&query).await?;
        return tagged_by_form(reply::ok(&document)?);
    };
    let mut query = ListQuery {
        in_full: true,
        ..query
    };
    // What is wrong with the question is told before anything else is.
    let first = page(&query).await?;
    let mut text = Cells::new(separator);
    text.head::<T>();
    text.rows(&first.items);
    query.after = first.next;
    let is_last = query.after.is_none();
    let rest = unfold(
        (page, query, is_last),
        move |(page, query, is_last)| async move {
            if is_last {
                return None;
            }
            let next = next_page(&page, query, separator).await;
            Some(match next {
                Ok((bytes, query)) => {
                    let is_last = query.after.is_none();
                    (Ok(bytes), (page, query, is_last))
                }
                // The file breaks off where it cannot be read on, and whoever takes it sees that.
                Err(error) => (Err(error), (page, ListQuery::default(), true)),
            })
        },
    );
    let begin = format!("{BYTE_ORDER_MARK}{}", text.finish());
    let begin = futures_util::stream::once(ready(Ok::<_, ApiError>(Bytes::from(begin))));
    Ok(file(name, now).streaming(futures_util::StreamExt::chain(begin, rest)))
}

async fn next_page<T: Row>(
    page: &impl AsyncFn(&ListQuery) -> Result<Page<T>, ApiError>,
    query: ListQuery,
    separator: Separator,
) -> Result<(Bytes, ListQuery), ApiError> {
    let Page { items, next, .. } = page(&query).await?;
    let mut text = Cells::new(separator);
    text.rows(&items);
    let query = ListQuery {
        after: next,
        ..query
    };
    Ok((Bytes::from(text.finish()), query))
}

/// 200 with a document and its tag, or 304 when the caller has it; or 200 with its rows as a file of this name.
pub fn read<T: Row>(
    form: TableForm,
    name: &str,
    now: DateTime<Utc>,
    request: &HttpRequest,
    document: &impl Serialize,
    rows: &[T],
) -> Reply {
    match form {
        TableForm::Json => tagged_by_form(reply::read(request, document, UNVERSIONED)?),
        TableForm::Csv(_) => whole(form, name, now, document, rows),
    }
}

/// 200 with a document, or with its rows as a file of this name.
pub fn whole<T: Row>(
    form: TableForm,
    name: &str,
    now: DateTime<Utc>,
    document: &impl Serialize,
    rows: &[T],
) -> Reply {
    let TableForm::Csv(separator) = form else {
        return tagged_by_form(reply::ok(document)?);
    };
    let mut text = Cells::new(separator);
    text.head::<T>();
    text.rows(rows);
    let text = format!("{BYTE_ORDER_MARK}{}", text.finish());
    Ok(file(name, now).body(text))
}

fn file(name: &str, now: DateTime<Utc>) -> actix_web::HttpResponseBuilder {
    let day = now.format("%Y-%m-%d");
    let mut response = HttpResponse::Ok();
    response
        .content_type("text/csv; charset=utf-8")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((VARY, "Accept"))
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"golub-{name}-{day}.csv\""),
        ));
    response
}

/// The same address answers in another form to who asks for it.
fn tagged_by_form(mut answer: HttpResponse) -> Reply {
    answer.headers_mut().insert(
        VARY,
        actix_web::http::header::HeaderValue::from_static("Accept"),
    );
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::prefers_csv;

    #[test]
    fn csv_is_what_is_asked_for_by_its_name_and_not_by_the_way() {
        for wanted in [
            "text/csv",
            "TEXT/CSV",
            "text/csv, application/json;q=0.5",
            "text/csv;q=0.4, */*;q=0.1",
        ] {
            assert!(prefers_csv(wanted), "{wanted}");
        }
        for other in [
            "",
            "*/*",
            "application/json",
            "text/csv;q=0",
            "application/json, text/csv",
            "text/*",
            "text/csv;q=x",
        ] {
            assert!(!prefers_csv(other), "{other}");
        }
    }
}
