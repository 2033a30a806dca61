//! What the company writes.

use chrono::{DateTime, TimeDelta, Utc};
use contract::messages::{Format, NewMessage};
use sea_orm::ConnectionTrait;

use super::people::{Staff, Who};
use crate::messages::{entity as message, service};
use crate::problem::ApiError;

/// A message by what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Digest,
    Sale,
    Order,
    NewYear,
    Roast,
    Tasting,
    Prices,
    Brewing,
}

struct Text {
    about: About,
    whose: Who,
    subject: &'static str,
    body: &'static str,
    format: Format,
    shared: bool,
    sms_text: Option<&'static str>,
}

const TEXTS: [Text; 8] = [
    Text {
        about: About::Digest,
        whose: Who::Anna,
        subject: "Что обжарили на этой неделе",
        body: "Здравствуйте, {{ full_name }}!\n\n\
            На этой неделе в ростере побывали:\n\n\
            - **Эфиопия Гуджи** — жасмин, персик, чёрный чай;\n\
            - **Колумбия Уила** — карамель и красное яблоко;\n\
            - **Бразилия Серрадо** — для тех, кто любит с молоком.\n\n\
            Заказы, оформленные до среды, отправим в четверг.\n\n\
            Хорошей недели,\nАнна и вся обжарка «Ладога»\n",
        format: Format::Markdown,
        shared: true,
        sms_text: None,
    },
    Text {
        about: About::Sale,
        whose: Who::Anna,
        subject: "{{ full_name }}, до обеда минус 20 % на эфиопские сорта",
        body: "<h1>Минус 20&nbsp;%</h1>\n<p>{{ full_name }}, до обеда все эфиопские сорта дешевле на пятую часть. \
            Промокод <strong>ГУДЖИ</strong> действует до 13:00.</p>\n\
            <p><a href=\"https://ladoga.example/ethiopia\">Выбрать кофе</a></p>\n",
        format: Format::Html,
        shared: false,
        sms_text: None,
    },
    Text {
        about: About::Order,
        whose: Who::Anna,
        subject: "Пора пополнить запас?",
        body: "Здравствуйте, {{ full_name }}!\n\n\
            Кажется, ваш кофе подходит к концу. Ответьте на это письмо — повторим прошлый заказ,\n\
            адрес и способ доставки уже знаем.\n\n\
            Обжарка «Ладога»\n",
        format: Format::Text,
        shared: false,
        sms_text: Some(
            "{{ full_name }}, ваш кофе подходит к концу. Повторить заказ? Ответьте на это SMS. Обжарка «Ладога»",
        ),
    },
    Text {
        about: About::NewYear,
        whose: Who::Anna,
        subject: "С наступающим, {{ full_name }}!",
        body: "# С наступающим!\n\n\
            {{ full_name }}, спасибо, что были с нами весь год. Пусть в новом будет больше неторопливых утр.\n\n\
            С 31 декабря по 8 января мы отдыхаем; заказы отправим девятого.\n\n\
            Ваша «Ладога»\n",
        format: Format::Markdown,
        shared: false,
        sms_text: None,
    },
    Text {
        about: About::Roast,
        whose: Who::Tom,
        subject: "Today's roast",
        body: "Good morning, {{ full_name }}!\n\n\
            Fresh from the drum today: **Kenya Nyeri AA** — blackcurrant, grapefruit, a long sweet finish.\n\n\
            | For | Grind | Ratio |\n|---|---|---|\n| Filter | medium | 60 g/l |\n| AeroPress | fine | 15 g to 220 g |\n\n\
            Roasted in the morning, posted by noon.\n\nTom, Ladoga Coffee\n",
        format: Format::Markdown,
        shared: true,
        sms_text: None,
    },
    Text {
        about: About::Tasting,
        whose: Who::Tom,
        subject: "{{ full_name }}, join us for a tasting evening",
        body: "<h2>Six coffees, one evening</h2>\n<p>Dear {{ full_name }},</p>\n\
            <p>On Friday we open six new lots side by side, with bread, cheese and the people who roasted them. \
            There are thirty seats; a reply to this letter keeps one for you.</p>\n\
            <p>Ladoga Coffee, 12 Harbour Street</p>\n",
        format: Format::Html,
        shared: false,
        sms_text: Some(
            "{{ full_name }}, tasting on Friday at 19:00, 12 Harbour Street. Ladoga Coffee",
        ),
    },
    Text {
        about: About::Prices,
        whose: Who::Tom,
        subject: "New wholesale prices",
        body: "Dear {{ full_name }},\n\nour wholesale prices change on the first of next month.\n\n\
            House blend   14.20 a kilo\nSingle origin 18.90 a kilo\nDecaf         16.40 a kilo\n\n\
            Orders placed before then keep the old ones.\n\nTom Baker\n",
        format: Format::Text,
        shared: false,
        sms_text: None,
    },
    Text {
        about: About::Brewing,
        whose: Who::Emily,
        subject: "How to brew at home: water first",
        body: "Hello {{ full_name }},\n\n\
            before you buy a better grinder, *taste your water*. This week on our blog:\n\n\
            1. why hard water hides acidity,\n2. a two-minute test with a kettle,\n3. three bottled waters we like.\n\n\
            [Read on](https://ladoga.example/blog/water)\n\nEmily\n",
        format: Format::Markdown,
        shared: true,
        sms_text: None,
    },
];

/// The messages as they are in the database.
pub struct Messages(Vec<(About, message::Model)>);

impl Messages {
    pub fn of(&self, about: About) -> Result<&message::Model, ApiError> {
        let found = self.0.iter().find(|(other, _)| *other == about);
        found
            .map(|(_, message)| message)
            .ok_or_else(|| ApiError::ours("the demo has no such message"))
    }
}

/// Writes the messages, a month and more ago.
pub async fn insert(
    tx: &impl ConnectionTrait,
    staff: &Staff,
    now: DateTime<Utc>,
) -> Result<Messages, ApiError> {
    let mut messages = Vec::new();
    for (days, text) in (0..TEXTS.len() as i64).rev().zip(&TEXTS) {
        let new = NewMessage {
            subject: text.subject.to_owned(),
            body: text.body.to_owned(),
            format: text.format,
            shared: text.shared,
            sms_text: text.sms_text.map(str::to_owned),
        };
        let written_at = now - TimeDelta::hours((33 + days) * 24 + 5);
        let owner_id = staff.of(text.whose).id;
        let message = service::insert(tx, owner_id, new.check()?, written_at).await?;
        messages.push((text.about, message));
    }
    Ok(Messages(messages))
}
