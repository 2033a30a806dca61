//! The company's customers: two hundred, and two who left.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use contract::recipients::NewRecipient;
use sea_orm::{ConnectionTrait, EntityTrait};

use super::answers::Nature;
use super::people::{Staff, Who};
use crate::database::search::{self, Kind};
use crate::problem::ApiError;
use crate::recipients::{entity as recipient, former, service};

/// A recipient, and how its mail server behaves.
#[derive(Clone, Debug)]
pub struct Customer {
    pub id: i64,
    pub email: String,
    pub full_name: String,
    pub phone: Option<String>,
    pub nature: Nature,
    /// When it was deleted.
    pub left_at: Option<DateTime<Utc>>,
}

/// Everybody's, in the order of their ids.
pub struct Customers {
    anna: Vec<Customer>,
    tom: Vec<Customer>,
    emily: Vec<Customer>,
}

impl Customers {
    pub fn of(&self, who: Who) -> &[Customer] {
        match who {
            Who::Anna => &self.anna,
            Who::Tom => &self.tom,
            Who::Emily => &self.emily,
        }
    }
}

/// A first or last name, and how it is written in an address.
type Name = (&'static str, &'static str);

const RUSSIAN_MEN: [Name; 9] = [
    ("Алексей", "alexey"),
    ("Иван", "ivan"),
    ("Сергей", "sergey"),
    ("Михаил", "mikhail"),
    ("Павел", "pavel"),
    ("Никита", "nikita"),
    ("Пётр", "petr"),
    ("Артём", "artem"),
    ("Григорий", "grigory"),
];
const RUSSIAN_WOMEN: [Name; 9] = [
    ("Мария", "maria"),
    ("Ольга", "olga"),
    ("Екатерина", "ekaterina"),
    ("Наталья", "natalia"),
    ("Полина", "polina"),
    ("Светлана", "svetlana"),
    ("Дарья", "daria"),
    ("Юлия", "yulia"),
    ("Ксения", "ksenia"),
];
/// Of men; of women with an ending.
const RUSSIAN_LAST: [Name; 17] = [
    ("Смирнов", "smirnov"),
    ("Кузнецов", "kuznetsov"),
    ("Попов", "popov"),
    ("Лебедев", "lebedev"),
    ("Козлов", "kozlov"),
    ("Новиков", "novikov"),
    ("Морозов", "morozov"),
    ("Волков", "volkov"),
    ("Семёнов", "semenov"),
    ("Голубев", "golubev"),
    ("Виноградов", "vinogradov"),
    ("Воробьёв", "vorobyev"),
    ("Фёдоров", "fedorov"),
    ("Михайлов", "mikhailov"),
    ("Тарасов", "tarasov"),
    ("Комаров", "komarov"),
    ("Киселёв", "kiselev"),
];
const ENGLISH_FIRST: [Name; 14] = [
    ("Alice", "alice"),
    ("Oliver", "oliver"),
    ("Grace", "grace"),
    ("Harry", "harry"),
    ("Amelia", "amelia"),
    ("George", "george"),
    ("Chloe", "chloe"),
    ("Zoë", "zoe"),
    ("Liam", "liam"),
    ("Freya", "freya"),
    ("Samuel", "samuel"),
    ("Nina", "nina"),
    ("Hugo", "hugo"),
    ("Ruth", "ruth"),
];
const ENGLISH_LAST: [Name; 17] = [
    ("Adams", "adams"),
    ("Bennett", "bennett"),
    ("Carter", "carter"),
    ("Dawson", "dawson"),
    ("Ellis", "ellis"),
    ("Foster", "foster"),
    ("Green", "green"),
    ("Hughes", "hughes"),
    ("Irving", "irving"),
    ("Jones", "jones"),
    ("Knight", "knight"),
    ("Lawson", "lawson"),
    ("O'Brien", "obrien"),
    ("Parker", "parker"),
    ("Reed", "reed"),
    ("Shaw", "shaw"),
    ("Turner", "turner"),
];
const RUSSIAN_DOMAINS: [&str; 5] = [
    "example.com",
    "pochta.example",
    "example.org",
    "mail.example",
    "кофе.example",
];
const ENGLISH_DOMAINS: [&str; 5] = [
    "example.com",
    "example.net",
    "office.example",
    "example.org",
    "studio.test",
];
/// Most have none.
const RUSSIAN_COMMENTS: [&str; 7] = [
    "Постоянный клиент, берёт эфиопию и кению",
    "",
    "Познакомились на осенней ярмарке",
    "",
    "Кофейня на Рубинштейна, 12 кг в месяц",
    "",
    "Просит звонить после обеда",
];
const ENGLISH_COMMENTS: [&str; 7] = [
    "",
    "Orders decaf only",
    "",
    "Met at the London Coffee Festival",
    "",
    "",
    "Office subscription, 8 kg a month",
];

/// Writes all customers, who came during the second month before now.
pub async fn insert(
    tx: &impl ConnectionTrait,
    staff: &Staff,
    now: DateTime<Utc>,
) -> Result<Customers, ApiError> {
    let mut customers = Customers {
        anna: some(tx, staff.of(Who::Anna).id, 93, russian, now).await?,
        tom: some(tx, staff.of(Who::Tom).id, 69, english, now).await?,
        emily: some(tx, staff.of(Who::Emily).id, 40, english, now).await?,
    };
    // Tom's last one left while a letter waited for another try; Anna's between two letters.
    if let (Some(his), Some(hers)) = (customers.tom.last_mut(), customers.anna.last_mut()) {
        his.nature = Nature::Full;
        his.left_at = Some(super::plans::daily_start(now) + TimeDelta::minutes(6 * 24 * 60 + 50));
        hers.left_at = Some(now - TimeDelta::hours(11 * 24));
    }
    Ok(customers)
}

/// Deletes those who left.
pub async fn delete_leavers(
    tx: &impl ConnectionTrait,
    customers: &Customers,
) -> Result<(), ApiError> {
    for who in [Who::Anna, Who::Tom, Who::Emily] {
        for leaver in customers.of(who).iter().filter(|one| one.left_at.is_some()) {
            if let Some(gone) = recipient::Entity::find_by_id(leaver.id).one(tx).await? {
                former::remember(tx, &gone).await?;
            }
            recipient::Entity::delete_by_id(leaver.id).exec(tx).await?;
            search::forget(tx, Kind::Recipient, leaver.id).await?;
        }
    }
    Ok(())
}

async fn some(
    tx: &impl ConnectionTrait,
    owner_id: i64,
    count: usize,
    written: fn(usize) -> NewRecipient,
    now: DateTime<Utc>,
) -> Result<Vec<Customer>, ApiError> {
    let mut customers = Vec::new();
    let mut taken = BTreeSet::new();
    let mut drawn = 0;
    while customers.len() < count {
        let new = written(drawn);
        drawn += 1;
        if !taken.insert(new.email.clone()) {
            continue;
        }
        let came_at = now - TimeDelta::hours(60 * 24 - 7 * customers.len() as i64);
        let fields = new.check()?;
        let row = service::insert(tx, owner_id, fields, came_at).await?;
        customers.push(Customer {
            id: row.id,
            email: row.email,
            full_name: row.full_name,
            phone: row.phone,
            nature: Nature::of(customers.len()),
            left_at: None,
        });
    }
    Ok(customers)
}

fn russian(number: usize) -> NewRecipient {
    let is_woman = number.is_multiple_of(2);
    let first = if is_woman { RUSSIAN_WOMEN } else { RUSSIAN_MEN };
    let (first, first_latin) = first[number / 2 % first.len()];
    let (last, last_latin) = RUSSIAN_LAST[(number * 5 + number / 17) % RUSSIAN_LAST.len()];
    let ending = |written: &'static str| if is_woman { written } else { "" };
    NewRecipient {
        email: format!(
            "{first_latin}.{last_latin}{}@{}",
            ending("a"),
            RUSSIAN_DOMAINS[number * 3 % RUSSIAN_DOMAINS.len()]
        ),
        full_name: format!("{first} {last}{}", ending("а")),
        comment: RUSSIAN_COMMENTS[number % RUSSIAN_COMMENTS.len()].to_owned(),
        // No number of a city begins with zeros.
        phone: has_phone(number)
            .then(|| format!("+7 812 000-{:02}-{:02}", number / 100, number % 100)),
    }
}

fn english(number: usize) -> NewRecipient {
    let (first, first_plain) = ENGLISH_FIRST[number % ENGLISH_FIRST.len()];
    let (last, last_plain) = ENGLISH_LAST[(number * 5 + number / 14) % ENGLISH_LAST.len()];
    let domain = ENGLISH_DOMAINS[number * 2 % ENGLISH_DOMAINS.len()];
    NewRecipient {
        email: format!("{first_plain}.{last_plain}@{domain}"),
        full_name: format!("{first} {last}"),
        comment: ENGLISH_COMMENTS[number % ENGLISH_COMMENTS.len()].to_owned(),
        // Ofcom keeps these for drama.
        phone: has_phone(number).then(|| format!("+44 7700 900{number:03}")),
    }
}

/// Most have given theirs.
const fn has_phone(number: usize) -> bool {
    number % 7 != 3
}
