//! What a statement changes, read from its text.
//!
//! Only the tables matter from whose rows answers are kept. Where a statement names one row by its id, as the changes
//! of one thing do, that row alone has changed; of anything else that writes, nobody knows which rows.

use sea_orm::{Value, Values};

use super::changes::{Change, Rows, Table};

/// What a single statement changes.
pub fn changes(sql: &str, values: Option<&Values>) -> Vec<Change> {
    let first = sql.split_whitespace().next().unwrap_or_default();
    match first.to_ascii_uppercase().as_str() {
        "INSERT" | "REPLACE" | "UPDATE" | "DELETE" => {
            let written = written(&mut sql.split_whitespace());
            written.map_or_else(Vec::new, |(verb, table)| {
                rows(verb, table, sql, values).map_or_else(Vec::new, |rows| told(verb, table, rows))
            })
        }
        "SELECT" => Vec::new(),
        // Parts of it may write.
        _ => of_several(sql),
    }
}

/// What several statements in one text change, or a statement with others in it.
pub fn of_several(sql: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    // The statements of the ledger are long, and name none of the tables.
    let lower_case = sql.to_ascii_lowercase();
    let mut tables = Table::ALL.into_iter();
    if !tables.any(|table| lower_case.contains(table.name())) {
        return changes;
    }
    let mut words = sql.split_whitespace().peekable();
    while words.peek().is_some() {
        if let Some((verb, table)) = written(&mut words) {
            changes.extend(told(verb, table, Rows::Any));
        }
    }
    changes
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Insert,
    Update,
    Delete,
}

/// The table that is written to, if the next word begins a writing and its table matters.
fn written<'a>(words: &mut impl Iterator<Item = &'a str>) -> Option<(Verb, Table)> {
    let first = words.next()?.trim_start_matches(['(', ';']);
    let (verb, before_name) = match first.to_ascii_uppercase().as_str() {
        "INSERT" | "REPLACE" => (Verb::Insert, "INTO"),
        "UPDATE" => (Verb::Update, ""),
        "DELETE" | "TRUNCATE" => (Verb::Delete, "FROM"),
        _ => return None,
    };
    let mut name = words.next()?;
    if name.eq_ignore_ascii_case("or") {
        // `OR IGNORE`
        words.next();
        name = words.next()?;
    }
    if name.eq_ignore_ascii_case(before_name) {
        name = words.next()?;
    }
    let name = name.split(['(', ';']).next()?;
    let name = name.rsplit('.').next()?.trim_matches('"');
    Table::named(name).map(|table| (verb, table))
}

/// The rows that have changed; none if nothing did that anybody keeps.
fn rows(verb: Verb, table: Table, sql: &str, values: Option<&Values>) -> Option<Rows> {
    match verb {
        Verb::Insert if sql.contains("CONFLICT") || !sql.starts_with("INSERT INTO") => {
            Some(Rows::Any)
        }
        Verb::Insert => Some(Rows::New),
        Verb::Update if table == Table::Articles && only_counts_readings(sql) => None,
        Verb::Update | Verb::Delete => {
            let id = row_id(table, sql, values);
            Some(id.map_or(Rows::Any, |id| Rows::These(vec![id])))
        }
    }
}

/// What goes with an account goes unseen: the database deletes it.
fn told(verb: Verb, table: Table, rows: Rows) -> Vec<Change> {
    if verb == Verb::Delete && table == Table::Users {
        let all = Table::ALL.into_iter();
        return all
            .map(|table| Change {
                table,
                rows: Rows::Any,
            })
            .collect();
    }
    vec![Change { table, rows }]
}

/// A reading changes no article: answers show counts that are some seconds old.
fn only_counts_readings(sql: &str) -> bool {
    let set = sql.split_once(" SET ").map(|(_, set)| set);
    let set = set.and_then(|set| set.split(" WHERE ").next());
    let set = set.and_then(|set| set.split(" FROM ").next());
    set.is_some_and(|set| {
        let set = set.replace('"', "");
        set.trim_start().starts_with("readings =") && !set.contains(',')
    })
}

/// The row, where the statement's condition begins with the row's id as a value.
fn row_id(table: Table, sql: &str, values: Option<&Values>) -> Option<i64> {
    let condition = format!(" WHERE \"{0}\".\"id\" = ", table.name());
    let (before, after) = sql.split_once(&condition)?;
    let end = after.find(' ').unwrap_or(after.len());
    let (placeholder, rest) = after.split_at(end);
    let is_alone = rest.is_empty() || rest.starts_with(" AND ") || rest.starts_with(" RETURNING ");
    if !is_alone || rest.contains(" OR ") {
        return None;
    }
    let values = &values?.0;
    let place = match placeholder.strip_prefix('$') {
        Some(number) => number.parse::<usize>().ok()?.checked_sub(1)?,
        None if placeholder == "?" && sql.matches('?').count() == values.len() => {
            before.matches('?').count()
        }
        None => return None,
    };
    match values.get(place) {
        Some(Value::BigInt(id)) => *id,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::{Expr, ExprTrait as _};
    use sea_orm::{
        ColumnTrait, DbBackend, EntityTrait, QueryFilter, QueryTrait, Set, StatementBuilder,
    };

    use super::*;
    use crate::blog::entity::article;
    use crate::recipients::entity as recipient;

    fn of(statement: &impl StatementBuilder) -> Vec<Change> {
        let on = |backend: DbBackend| {
            let statement = backend.build(statement);
            changes(&statement.sql, statement.values.as_ref())
        };
        let found = on(DbBackend::Sqlite);
        assert_eq!(on(DbBackend::Postgres), found);
        found
    }

    fn recipients(rows: Rows) -> Vec<Change> {
        vec![Change {
            table: Table::Recipients,
            rows,
        }]
    }

    #[test]
    fn a_change_of_one_row_is_known_by_its_id() {
        let this = recipients(Rows::These(vec![7]));
        let update = recipient::Entity::update_many()
            .col_expr(recipient::Column::Comment, Expr::value("WHERE id = 5?"))
            .col_expr(recipient::Column::Version, Expr::value(8_i64))
            .filter(recipient::Column::Id.eq(7_i64));
        assert_eq!(of(update.as_query()), this);
        let narrowed = update.clone().filter(recipient::Column::Email.eq("a@b.c"));
        assert_eq!(of(narrowed.as_query()), this);
        let delete = recipient::Entity::delete_by_id(7_i64);
        assert_eq!(of(delete.as_query()), this);
        let model = recipient::ActiveModel {
            id: Set(7),
            comment: Set("new".to_owned()),
            ..Default::default()
        };
        let one = recipient::Entity::update(model).validate().unwrap();
        assert_eq!(of(one.as_query()), this);
    }

    #[test]
    fn of_other_writings_nobody_knows_which_rows() {
        let any = recipients(Rows::Any);
        let owned = recipient::Entity::delete_many().filter(recipient::Column::OwnerId.eq(7_i64));
        assert_eq!(of(owned.as_query()), any);
        let either = recipient::Column::Id
            .eq(7_i64)
            .or(recipient::Column::Id.eq(8_i64));
        let either = recipient::Entity::delete_many().filter(either);
        assert_eq!(of(either.as_query()), any);
        for sql in [
            "update recipients set comment = ''",
            "UPDATE recipients SET comment = '' WHERE id = $1",
            "WITH x AS (DELETE FROM recipients RETURNING id) SELECT * FROM x",
            "DELETE FROM public.recipients",
            "INSERT INTO recipients(id) VALUES (1) ON CONFLICT (id) DO UPDATE SET comment = ''",
            "INSERT OR REPLACE INTO recipients (id) VALUES (1)",
        ] {
            assert_eq!(changes(sql, None), any, "{sql}");
        }
        assert_eq!(of_several("SELECT 1; DELETE FROM recipients;"), any);
        assert_eq!(
            changes("DELETE FROM \"users\" WHERE \"users\".\"id\" = $1", None).len(),
            Table::ALL.len()
        );
    }

    #[test]
    fn what_is_added_changes_no_row_and_what_is_read_nothing() {
        let new = "INSERT INTO \"recipients\" (\"id\") VALUES ($1) RETURNING \"id\"";
        assert_eq!(changes(new, None), recipients(Rows::New));
        for sql in [
            "SELECT * FROM recipients FOR UPDATE",
            "INSERT INTO deliveries (id) SELECT id FROM recipients",
            "UPDATE deliveries SET state = 1 WHERE id IN (SELECT id FROM recipients)",
            "WITH v (id) AS (VALUES (1)) UPDATE deliveries SET state = 1 FROM recipients",
            "PRAGMA data_version",
        ] {
            assert_eq!(changes(sql, None), [], "{sql}");
        }
    }

    #[test]
    fn a_counted_reading_is_no_change_of_an_article() {
        let one = article::Column::Id.eq(3_i64);
        let counted = article::Entity::update_many()
            .col_expr(
                article::Column::Readings,
                Expr::col(article::Column::Readings).add(2_i64),
            )
            .filter(one.clone());
        assert_eq!(of(counted.as_query()), []);
        let renamed = counted.col_expr(article::Column::Title, Expr::value("Milk"));
        let changed = Change {
            table: Table::Articles,
            rows: Rows::These(vec![3]),
        };
        assert_eq!(of(renamed.as_query()), [changed]);
    }
}
