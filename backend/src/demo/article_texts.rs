//! What the company writes in its blog.

use super::drawing::{Disc, Drawing};

/// Who wrote an article.
#[derive(Clone, Copy, Debug)]
pub enum Writer {
    Vera,
    Emily,
}

#[derive(Debug)]
pub struct Text {
    pub writer: Writer,
    /// Empty: made from the title.
    pub slug: &'static str,
    pub title: &'static str,
    /// Empty: the beginning of the body stands in.
    pub summary: &'static str,
    pub body: &'static str,
    pub picture: Option<Picture>,
    /// Days from now; none: a draft.
    pub published: Option<i64>,
    pub readings: i64,
}

#[derive(Debug)]
pub struct Picture {
    pub drawing: Drawing,
    pub alt: &'static str,
}

pub const ARTICLES: [Text; 6] = [
    Text {
        writer: Writer::Vera,
        slug: "",
        title: "Вода — 98 % чашки",
        summary: "Почему один и тот же кофе дома и у нас на каппинге звучит по-разному и что с этим делать.",
        body: "Когда нам пишут «у вас было вкуснее», мы первым делом спрашиваем не про помол, а про воду. \
            В чашке фильтра её **98 %**, и она решает больше, чем кажется.\n\n\
            ## Что вода делает с кофе\n\n\
            Магний вытягивает из зерна фрукты и кислотность, кальций — тело и сладость, а гидрокарбонаты \
            кислоту гасят. Слишком мягкая вода даёт кислую и пустую чашку, слишком жёсткая — плоскую[^1].\n\n\
            | Вода | Жёсткость, мг/л | В чашке |\n|---|--:|---|\n\
            | Талая, дистиллированная | до 20 | остро, пусто |\n\
            | Хорошая для фильтра | 60–100 | ярко, сладко |\n\
            | Московский водопровод | 130–200 | глухо, но ровно |\n\
            | Минеральная столовая | от 300 | мел и горечь |\n\n\
            ## Проверка за две минуты\n\n\
            1. Вскипятите воду и дайте ей остыть.\n2. Попробуйте её из той же чашки, из которой пьёте кофе.\n\
            3. Если у воды есть вкус — он будет и в кофе.\n\n\
            > Не покупайте новую кофемолку, пока не попробовали свою воду.\n\n\
            Для фильтра мы смешиваем обычную бутилированную воду с дистиллированной один к одному. \
            Дома хватает кувшина с фильтром, если вовремя менять картридж.\n\n\
            [^1]: Для эспрессо всё чуть сложнее: там вода ещё и бережёт машину от накипи.\n",
        picture: Some(Picture {
            drawing: Drawing {
                above: [214, 232, 240],
                below: [122, 168, 190],
                discs: &[
                    disc(700, 330, 190, [62, 118, 150], 60),
                    disc(560, 270, 120, [240, 248, 252], 70),
                    disc(250, 380, 260, [40, 92, 124], 40),
                ],
            },
            alt: "Круги на воде",
        }),
        published: Some(-3),
        readings: 412,
    },
    Text {
        writer: Writer::Emily,
        slug: "water",
        title: "How to brew at home: water first",
        summary: "Before you buy a better grinder, taste your water.",
        body: "People ask us which grinder to buy next. Before you spend anything, *taste your water*: it is most of \
            what you drink.\n\n\
            ## Why hard water hides acidity\n\n\
            Bicarbonate, the part of hardness that furs your kettle, neutralises the very acids that make a Kenyan \
            taste of blackcurrant. You can roast and grind as carefully as you like; it will still taste of biscuit.\n\n\
            ## A two-minute test\n\n\
            - Boil a kettle, and let a cup of it cool.\n- Pour a cup of bottled water with less than 100 mg/l of dry residue.\n\
            - Taste both, then brew with both: 15 g of coffee, 250 g of water, three minutes.\n\n\
            If the second cup is brighter, your tap is the problem, and a jug filter is the cheapest upgrade there is.\n\n\
            ## If you like numbers\n\n\
            ```text\nhardness     60 to 100 mg/l as CaCO3\nalkalinity   around 40 mg/l\npH           7, give or take\n```\n\n\
            Next week: grinding, and why *finer* is so often the wrong answer.\n",
        picture: Some(Picture {
            drawing: Drawing {
                above: [250, 240, 226],
                below: [226, 196, 164],
                discs: &[
                    disc(500, 300, 210, [255, 255, 255], 85),
                    disc(500, 300, 170, [92, 58, 36], 92),
                    disc(450, 255, 60, [160, 110, 74], 45),
                ],
            },
            alt: "A cup of coffee from above",
        }),
        published: Some(-10),
        readings: 1_286,
    },
    Text {
        writer: Writer::Vera,
        slug: "",
        title: "Как мы выбираем зерно",
        summary: "",
        body: "За год мы пробуем около четырёхсот образцов и покупаем двадцать. Рассказываем, как остаются эти двадцать.\n\n\
            ## Вслепую\n\n\
            Образцы стоят под номерами. Страну, цену и имя фермера мы узнаём после того, как поставили оценки: \
            *громкое имя делает кофе вкуснее, и это мешает*.\n\n\
            ## Трижды\n\n\
            Один и тот же лот мы пробуем в феврале, когда приходит образец, в мае — перед отгрузкой, и летом, \
            когда мешки уже у нас. Если летний кофе беднее майского, поставщик об этом узнает первым.\n\n\
            ## Для кого\n\n\
            - **Каждый день** — сладкие и ровные лоты, которые трудно испортить.\n\
            - **По выходным** — яркие, с кислотностью, под фильтр.\n\
            - **Для спора** — анаэробы и всё, что пахнет ромом. Их мы берём по одному мешку.\n\n\
            Если хотите попробовать вместе с нами, приходите в последнюю пятницу месяца: места есть всегда, \
            а ложки мы дадим.\n",
        picture: Some(Picture {
            drawing: Drawing {
                above: [70, 84, 62],
                below: [34, 44, 34],
                discs: &[
                    disc(260, 200, 90, [196, 64, 52], 90),
                    disc(420, 340, 110, [176, 44, 44], 90),
                    disc(640, 220, 100, [214, 96, 58], 90),
                    disc(800, 380, 80, [120, 150, 70], 90),
                ],
            },
            alt: "Спелые кофейные ягоды на ветке",
        }),
        published: Some(-24),
        readings: 857,
    },
    Text {
        writer: Writer::Emily,
        slug: "",
        title: "A roaster's notebook: Kenya Nyeri AA",
        summary: "",
        body: "Three weeks of the same bean, and what changed from batch to batch.\n\n\
            ## The numbers\n\n\
            | Batch | Charge | First crack | Drop | Cup |\n|---|--:|--:|--:|---|\n\
            | 1 | 190 °C | 8:40 | 10:05 | grassy, sharp |\n\
            | 4 | 200 °C | 8:05 | 9:30 | blackcurrant, thin |\n\
            | 7 | 205 °C | 7:50 | 9:40 | blackcurrant, honey |\n\n\
            ## What we learnt\n\n\
            The bean is dense and takes heat well. ~~More time after the crack~~ did nothing for it; more heat \
            *before* the crack did. Batch seven is the one in the bags.\n\n\
            Roasted in the morning, posted by noon. Tell us what you find in it.\n",
        picture: None,
        published: Some(-38),
        readings: 233,
    },
    Text {
        writer: Writer::Vera,
        slug: "",
        title: "Праздничный график отправки",
        summary: "Когда отправим последние посылки в этом году и когда вернёмся.",
        body: "Последние посылки уедут **29 декабря**, первые в новом году — **9 января**.\n\n\
            Заказы, оформленные между этими датами, обжарим в первую очередь: зерно приедет свежим, просто чуть позже.\n",
        picture: None,
        published: Some(3),
        readings: 0,
    },
    Text {
        writer: Writer::Emily,
        slug: "",
        title: "Why we print the roast date",
        summary: "",
        body: "*Notes so far.*\n\n- \"Best before\" says nothing about coffee.\n- Rest: 5 days for filter, 10 for espresso.\n",
        picture: None,
        published: None,
        readings: 0,
    },
];

const fn disc(x: u32, y: u32, radius: u32, colour: [u8; 3], cover: u32) -> Disc {
    Disc {
        x,
        y,
        radius,
        colour,
        cover,
    }
}
