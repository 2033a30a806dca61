//! The stretch of an index that a list by id walks over: that of one owner, or of one run in one state.
//!
//! Told that its columns equal values, PostgreSQL drops them from the order, takes the primary key for what is left of
//! it, and walks through everything newer that belongs to others. Told of rows between two rows, it keeps the order,
//! and with it the index, and begins right behind the last row of the page before.

use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, Select, Value};

/// The columns that the index has before the id, with their values.
#[derive(Clone, Debug)]
pub struct Stretch<C>(Vec<(C, Value)>);

impl<C: ColumnTrait> Stretch<C> {
    pub fn of(column: C, value: impl Into<Value>) -> Self {
        Self(vec![(column, value.into())])
    }

    /// Of these, only those with this value of the index's next column.
    pub fn and(mut self, column: C, value: impl Into<Value>) -> Self {
        self.0.push((column, value.into()));
        self
    }

    /// That the columns have these values, for any order.
    pub fn condition(&self) -> Condition {
        let equal = self.0.iter();
        let equal = equal.map(|(column, value)| column.eq(value.clone()));
        equal.fold(Condition::all(), Condition::add)
    }

    /// Walks over it by id, behind one of its ids if there is one.
    pub fn walk<E: EntityTrait<Column = C>>(
        &self,
        select: Select<E>,
        id: C,
        order: &Order,
        behind: Option<i64>,
    ) -> Select<E> {
        let (from, through) = match (behind, order) {
            (None, _) => (i64::MIN, i64::MAX),
            (Some(last), Order::Asc) => (last.saturating_add(1), i64::MAX),
            (Some(last), _) => (i64::MIN, last.saturating_sub(1)),
        };
        let columns = self.0.iter().map(|(column, _)| *column);
        let here = columns.clone().chain([id]);
        let here = Expr::tuple(here.map(|column| Expr::col(column.as_column_ref())));
        let select = select
            .filter(here.clone().gte(self.row(from)))
            .filter(here.lte(self.row(through)));
        columns.fold(select, |select, column| {
            select.order_by(column, order.clone())
        })
    }

    fn row(&self, id: i64) -> SimpleExpr {
        let values = self.0.iter().map(|(_, value)| value.clone());
        Expr::tuple(values.chain([id.into()]).map(Expr::value))
    }
}
