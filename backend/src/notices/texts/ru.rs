//! The service's letters in Russian.

use chrono::Datelike as _;
use chrono_tz::Tz;

use super::{Deed, Link, Matter, Moment, Talk};
use crate::notices::layout::{Button, Words};

pub const REASON: &str = "Письмо отправлено автоматически, отвечать на него не нужно.";

pub fn words(talk: Talk<'_>, matter: &Matter) -> Words {
    let Talk { instance, name } = talk;
    let letter = match matter {
        Matter::ConfirmAddress(link) => Words {
            subject: format!("Подтвердите адрес для {instance}"),
            paragraphs: vec![format!(
                "Вы зарегистрировались в {instance} с этим адресом. Осталось подтвердить, что он ваш: откройте ссылку и введите \
                 пароль, который придумали при регистрации."
            )],
            button: button("Подтвердить адрес", link),
            notes: vec![
                once(link),
                "Если это были не вы, ничего не делайте: неподтверждённая регистрация будет удалена.".to_owned(),
            ],
            ..Words::default()
        },
        Matter::SignUpAgain(link) => Words {
            subject: format!("Завершите регистрацию в {instance}"),
            paragraphs: vec![format!(
                "Кто-то, скорее всего вы, ещё раз регистрируется в {instance} с этим адресом. Учётная запись уже создана, \
                 но адрес так и не был подтверждён. Придумайте пароль, и адрес тоже будет подтверждён."
            )],
            button: button("Придумать пароль", link),
            notes: vec![
                once(link),
                "Если это были не вы, ничего не делайте: неподтверждённая регистрация будет удалена.".to_owned(),
            ],
            ..Words::default()
        },
        Matter::AlreadySignedUp { sign_in } => Words {
            subject: format!("Вы уже зарегистрированы в {instance}"),
            paragraphs: vec![format!(
                "Кто-то, скорее всего вы, регистрируется в {instance} с этим адресом. Но учётная запись у вас уже есть, \
                 просто войдите. Если забыли пароль, там же можно задать новый."
            )],
            button: plain_button("Войти", sign_in),
            notes: vec!["Если это были не вы, ничего не делайте: с вашей учётной записью ничего не произошло.".to_owned()],
            ..Words::default()
        },
        Matter::PasswordReset(link) => Words {
            subject: format!("Новый пароль для {instance}"),
            paragraphs: vec![format!(
                "Кто-то, скорее всего вы, хочет сменить пароль вашей учётной записи в {instance}."
            )],
            button: button("Задать новый пароль", link),
            notes: vec![
                once(link),
                "Если это были не вы, ничего не делайте: пароль останется прежним, а ссылка есть только в этом письме.".to_owned(),
            ],
            ..Words::default()
        },
        Matter::PasswordLink { link, first: true } => Words {
            subject: format!("Ваша учётная запись в {instance}"),
            paragraphs: vec![format!(
                "Администратор создал для вас учётную запись в {instance}. Придумайте пароль, и можно начинать."
            )],
            button: button("Придумать пароль", link),
            notes: vec![once(link), "Если вы этого не ждали, ничего не делайте.".to_owned()],
            ..Words::default()
        },
        Matter::PasswordLink { link, first: false } => Words {
            subject: format!("Новый пароль для {instance}"),
            paragraphs: vec![format!(
                "Администратор {instance} прислал вам ссылку, по которой можно задать новый пароль."
            )],
            button: button("Задать новый пароль", link),
            notes: vec![once(link), "Если вы об этом не просили, ничего не делайте: пароль останется прежним.".to_owned()],
            ..Words::default()
        },
        Matter::PasswordChanged { deed, api_tokens, page } => {
            let mut paragraphs = vec![
                format!("Пароль вашей учётной записи в {instance} изменён {}.", done(deed)),
                "Все остальные сеансы завершены: на других устройствах нужно войти заново.".to_owned(),
            ];
            if *api_tokens > 0 {
                paragraphs.push(format!(
                    "На токены API новый пароль не влияет. Действующих токенов: {api_tokens}. Удалите те, которые вам незнакомы."
                ));
            }
            Words {
                subject: format!("Пароль в {instance} изменён"),
                paragraphs,
                button: plain_button("Открыть токены API", page).filter(|_| *api_tokens > 0),
                notes: vec![not_you()],
                ..Words::default()
            }
        }
        Matter::EmailChangePresent { link, email } => Words {
            subject: format!("Смена адреса в {instance}"),
            paragraphs: vec![format!(
                "Вы попросили сменить адрес учётной записи в {instance} на {email}. Подтвердите, что согласны. Новый \
                 адрес тоже нужно подтвердить: письмо об этом уже отправлено на него."
            )],
            button: button("Согласиться на смену", link),
            notes: vec![
                once(link),
                "Если это были не вы, не переходите по ссылке: кто-то вошёл под вашим именем. Сразу же смените пароль.".to_owned(),
            ],
            ..Words::default()
        },
        Matter::EmailChangeNew { link, email } => Words {
            subject: format!("Подтвердите новый адрес для {instance}"),
            paragraphs: vec![format!(
                "Адрес {email} указан как новый для учётной записи в {instance}. Подтвердите, что он ваш. На прежний \
                 адрес тоже отправлено письмо, чтобы получить согласие."
            )],
            button: button("Подтвердить адрес", link),
            notes: vec![once(link), "Если это были не вы, ничего не делайте: без этой ссылки ничего не изменится.".to_owned()],
            ..Words::default()
        },
        Matter::EmailChanged { email, at } => Words {
            subject: format!("Адрес в {instance} изменён"),
            paragraphs: vec![format!(
                "Адрес вашей учётной записи в {instance} изменён {} на {email}. Письма больше не будут приходить сюда, \
                 а входить нужно с новым адресом.",
                moment(*at)
            )],
            notes: vec!["Если это были не вы, сразу же сообщите администратору.".to_owned()],
            ..Words::default()
        },
        Matter::SecondFactorOn(deed) => Words {
            subject: format!("В {instance} включён вход с кодом"),
            paragraphs: vec![
                format!("Вход с кодом из приложения для вашей учётной записи в {instance} включён {}.", done(deed)),
                "Теперь при входе, кроме пароля, понадобится код из приложения. Храните резервные коды в надёжном месте: \
                 они выручат, если приложения не окажется под рукой."
                    .to_owned(),
            ],
            notes: vec![not_you()],
            ..Words::default()
        },
        Matter::SecondFactorOff(deed) => Words {
            subject: format!("В {instance} выключен вход с кодом"),
            paragraphs: vec![
                format!("Вход с кодом из приложения для вашей учётной записи в {instance} выключен {}.", done(deed)),
                "Теперь для входа достаточно одного пароля.".to_owned(),
            ],
            notes: vec![not_you()],
            ..Words::default()
        },
        Matter::RecoveryCodeUsed { deed, left } => Words {
            subject: format!("Вход в {instance} по резервному коду"),
            paragraphs: vec![
                format!("В вашу учётную запись в {instance} вошли по резервному коду {}.", done(deed)),
                match left {
                    0 => "Это был последний код. Создайте в профиле новые, пока они не понадобились.".to_owned(),
                    1 => "Этот код больше не действует, остался один. Создайте в профиле новые, пока они не понадобились.".to_owned(),
                    left => format!("Этот код больше не действует. Осталось кодов: {left}."),
                },
            ],
            notes: vec![not_you()],
            ..Words::default()
        },
        Matter::ApiTokenMade { token, deed, page } => Words {
            subject: format!("Создан новый токен API в {instance}"),
            paragraphs: vec![
                format!("Для вашей учётной записи в {instance} создан токен API «{token}» {}.", done(deed)),
                "Тот, у кого он есть, может работать с API от вашего имени, пока срок токена не истечёт или вы его не удалите.".to_owned(),
            ],
            button: plain_button("Открыть токены API", page),
            notes: vec![not_you()],
            ..Words::default()
        },
        Matter::ApiTokensDeleted { count, at, page } => Words {
            subject: format!("Токены API в {instance} удалены"),
            paragraphs: vec![
                format!(
                    "Все токены API вашей учётной записи в {instance} удалены {}, чтобы никто посторонний не мог ими воспользоваться. Удалено токенов: {count}.",
                    moment(*at)
                ),
                "Программам, которые с ними работали, теперь отказано: создайте новые токены для тех, которые вам нужны.".to_owned(),
            ],
            button: plain_button("Открыть токены API", page),
            notes: vec!["Так бывает, когда пароль задают по ссылке из письма или когда администратор завершает все сеансы, меняет адрес \
                 учётной записи или отключает второй фактор."
                .to_owned()],
            ..Words::default()
        },
        Matter::Invitation { link, invited_by } => Words {
            subject: format!("Приглашение в {instance}"),
            paragraphs: vec![format!(
                "{invited_by} приглашает вас в {instance}, сервис рассылок. Чтобы присоединиться, зарегистрируйтесь с этим адресом."
            )],
            button: button("Зарегистрироваться", link),
            notes: vec![
                format!("Приглашение действует до {}.", moment(link.until)),
                "Если оно вам не нужно, ничего не делайте: напоминаний не будет.".to_owned(),
            ],
            ..Words::default()
        },
        Matter::Blocked { reason } => Words {
            subject: format!("Ваша учётная запись в {instance} заблокирована"),
            paragraphs: vec![
                format!("Ваша учётная запись в {instance} заблокирована. Войти нельзя, ваши рассылки остановлены."),
                format!("Причина: {reason}"),
            ],
            notes: vec!["Если вы считаете, что это ошибка, обратитесь к тем, кто ведёт сервис.".to_owned()],
            ..Words::default()
        },
        Matter::Unblocked { sign_in } => Words {
            subject: format!("Ваша учётная запись в {instance} разблокирована"),
            paragraphs: vec![format!(
                "Ваша учётная запись в {instance} снова работает. Рассылки продолжатся с ближайшего срока; пропущенное \
                 за время блокировки отправлено не будет."
            )],
            button: plain_button("Войти", sign_in),
            ..Words::default()
        },
        Matter::AccountDeleted => Words {
            subject: format!("Ваша учётная запись в {instance} удалена"),
            paragraphs: vec![format!(
                "Ваша учётная запись в {instance} удалена вместе с получателями, сообщениями и рассылками. Это последнее письмо о ней."
            )],
            notes: vec!["Если вы этого не хотели, обратитесь к тем, кто ведёт сервис.".to_owned()],
            ..Words::default()
        },
    };
    Words {
        greeting: match name {
            "" => "Здравствуйте!".to_owned(),
            name => format!("Здравствуйте, {name}!"),
        },
        ..letter
    }
}

pub fn phone_code(instance: &str, code: &str) -> String {
    format!("{instance}: код {code}. Никому его не сообщайте")
}

fn button(label: &str, link: &Link) -> Option<Button> {
    plain_button(label, &link.url)
}

fn plain_button(label: &str, url: &str) -> Option<Button> {
    Some(Button {
        label: label.to_owned(),
        url: url.to_owned(),
    })
}

fn once(link: &Link) -> String {
    format!("Ссылка одноразовая и действует до {}.", moment(link.until))
}

fn done(deed: &Deed) -> String {
    let Deed { client, at } = deed;
    match client.as_str() {
        "" => moment(*at),
        client => format!("{}, с адреса {client}", moment(*at)),
    }
}

fn not_you() -> String {
    "Если это были не вы, сразу же задайте новый пароль («Забыли пароль?» на странице входа) и сообщите администратору."
        .to_owned()
}

/// `2 мая, 09:00 (UTC+03:00)`
fn moment(moment: Moment) -> String {
    let local = moment.at.with_timezone(&moment.zone);
    let month = MONTHS
        .get(local.month0() as usize)
        .copied()
        .unwrap_or_default();
    let (day, time) = (local.day(), local.format("%H:%M"));
    match moment.zone {
        Tz::UTC => format!("{day} {month}, {time} (UTC)"),
        _ => format!("{day} {month}, {time} (UTC{})", local.format("%:z")),
    }
}

const MONTHS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
